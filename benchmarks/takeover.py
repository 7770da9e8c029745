"""A recall that was run elsewhere is taken over, compared with its provider, and goes on: whether
anybody is paid twice, and how long it takes."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.demo.former_system import (
    FormerClaim,
    former_claims,
    ledger_lines,
    write_former_system,
)
from recalldesk.demo.providers.tremendous import BASE
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.remedies.models import Finding, Remedy
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.providers.tremendous.configured import tremendous_client
from recalldesk.remedies.providers.tremendous.provider import Tremendous
from recalldesk.remedies.reconciling.reconciling import reconcile
from recalldesk.remedies.states import EFFECTIVE
from recalldesk.takeover.going_on import let_go_on
from recalldesk.takeover.kept_files import Taken
from recalldesk.takeover.run import files_in, take_over
from tests.cast import Desk, make_cast
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.takeover.former import kettles, text_of_cards

AMOUNT, SEED = "39.90", 64
LONG = timedelta(days=400)


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    folder.mkdir()
    call_command("migrate", verbosity=0, interactive=False)
    count = sizes.taken_over
    section = Section(
        "A recall that was run elsewhere is taken over",
        f"{count:,} made-up claims of a made-up former system, with the cards that it had sent or "
        "may have sent, and as many notices, by `recalldesk takeover`; then `remedies reconcile` "
        "with the project's own server in Tremendous' form, which has the former system's orders "
        "under its own names; then all that was owed goes on and is placed there, and providers "
        "are compared once more. Cards are counted in the server's own ledger.",
    )
    desk = Desk(make_cast(), folder)
    desk.published(text_of_cards(count), kettles(count))
    claims = former_claims(kettles(count), seed=SEED, today=clock.now().date())
    write_former_system(folder / "former", claims, amount=AMOUNT)
    ledger = folder / "tremendous.jsonl"
    ledger.write_text("\n".join(ledger_lines(claims, amount=AMOUNT)) + "\n", encoding="utf-8")
    since = time.monotonic()
    done = _taken(desk, folder / "former")
    took = time.monotonic() - since
    mails = Mailing.objects.count()
    with made_up("tremendous", folder, base=BASE) as server:
        compared, owed = _gone_on(desk, server)
        _judge(section, server, claims, owed)
    section.judge("mails and texts by the takeover", str(mails), "0", reached=not mails)
    section.judge(
        "lines that were not taken",
        str(sum(each.read.rejected for each in done if each.read)),
        "0",
        reached=not any(each.read.rejected for each in done if each.read),
    )
    lines = sum(each.read.lines for each in done if each.read)
    section.add("lines taken over", f"{lines:,} in {took:.0f} s")
    section.add("comparing them with the provider, times as long", f"{compared / took:.2f}")
    return section


def _taken(desk: Desk, folder: Path) -> list[Taken]:
    named = files_in(folder)
    return take_over(recall=desk.recall(), named=named, by=desk.cast.administrator)


def _gone_on(desk: Desk, server: MadeUp) -> tuple[float, int]:
    """How long the comparison took, and how many remedies were owed."""
    provider = Tremendous(tremendous_client(server.address, KEY), "balance")
    with replaced(provider):
        since = time.monotonic()
        reconcile(clock.now() - LONG)
        compared = time.monotonic() - since
        owed, _ = let_go_on(
            recall=desk.recall(), by=desk.cast.administrator, reason="It goes on here."
        )
        while order_due() or place_due():
            pass
        reconcile(clock.now() - LONG)
    return compared, owed


def _judge(section: Section, server: MadeUp, claims: Sequence[FormerClaim], owed: int) -> None:
    cards = Counter(
        line["whole"]["rewards"][0]["recipient"]["email"] for line in server.lines("order")
    )
    placed = sum(each.was_placed for each in claims)
    twice = sum(count > 1 for count in cards.values())
    section.judge("owners with two cards", f"{twice} of {len(claims):,}", "0", reached=not twice)
    section.judge(
        "cards in all",
        f"{sum(cards.values()):,}",
        f"{placed:,} before and {owed:,} owed",
        reached=sum(cards.values()) == placed + owed,
    )
    doubled = Finding.objects.filter(closed_at=None, could_double=True).count()
    section.judge("differences that could pay twice", str(doubled), "0", reached=not doubled)
    units = Remedy.objects.filter(state__in=EFFECTIVE).values_list("entitlement__unit_digest")
    most = max(Counter(bytes(unit) for (unit,) in units).values())
    section.judge("remedies that count, of one unit at most", str(most), "1", reached=most == 1)
