"""Whether those who hand remedies out answer, asked by a look at what they did a moment ago.

Guarantee: nothing is ordered, and nothing is changed at any of them.
"""

from collections.abc import Iterator
from datetime import timedelta

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, bad, good, look, point
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.providers.codes.stock import stock
from recalldesk.remedies.providers.interface import Provider
from recalldesk.remedies.providers.registry import configured

ASKED_OVER_HTTP = frozenset({ProviderName.TREMENDOUS, ProviderName.EASYPOST})
IN_WORDS = {
    ProviderName.CODES: "Gift codes of your own",
    ProviderName.TREMENDOUS: "Gift cards by Tremendous",
    ProviderName.DISPATCH: "Your own warehouse",
    ProviderName.EASYPOST: "Parcels by EasyPost",
    ProviderName.REFUND: "Refunds by your bank",
}
JUST_NOW = timedelta(minutes=1)
OF_PROVIDERS = ("rd.D050", "rd.D051", "rd.D056")
"""What the doctor finds of them."""


def providers(about: About) -> Point:
    """Each that a remedy of the recall needs."""
    return point(
        "Providers answering",
        _lines(about),
        "Set what each needs (docs/remedies.md), bring gift codes in, and ask again.",
    )


def _lines(about: About) -> Iterator[Line]:
    known = configured()
    remedies: dict[ProviderName, list[str]] = {}
    for remedy in about.document.remedies:
        remedies.setdefault(remedy.provider_name, []).append(remedy.key)
    for name, keys in remedies.items():
        whose = f"{IN_WORDS[name]} (for {', '.join(keys)})"
        provider = known.get(name.value)
        if provider is None:
            yield bad(f"{whose}: not connected; orders would wait.")
        elif name is ProviderName.CODES:
            yield _codes(whose, about)
        elif name in ASKED_OVER_HTTP:
            yield _asked(whose, provider)
        else:
            yield good(f"{whose}: by files, which people carry; there is nobody to ask.")
    for finding in about.found(*OF_PROVIDERS):
        yield bad(finding.words)


def _asked(whose: str, provider: Provider) -> Line:
    try:
        next(iter(provider.effects(clock.now() - JUST_NOW)), None)
    except ProviderSilent as silent:
        return bad(f"{whose}: does not answer: {silent.message}")
    return good(f"{whose}: answered when it was asked what it did in the last minute.")


def _codes(whose: str, about: About) -> Line:
    """Every owner of the first day may want one."""
    left = sum(each.left for each in stock() if each.recall == about.document.recall)
    wanted = about.launch.owners // max(len(about.document.remedies), 1)
    words = f"{whose}: {left:,} codes are there; the first day may want {wanted:,}."
    return good(words) if left >= wanted else look(words) if left else bad(words)
