"""What a wave would send, and whom it would not reach, as the pages show it: each number with the
way to its rows. Nothing here asks the database.
"""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.version_shown import language_name
from recalldesk.console.wave_words import WAYS
from recalldesk.console.waves_asked import wave_address
from recalldesk.outreach.audience.counting import NotReached, Preview
from recalldesk.outreach.models import Wave
from recalldesk.purchasers.states import Channel

REACHED = "reached"
"""What stands in an address where no reason is asked for."""


@dataclass(frozen=True)
class SentLine:
    """Notices of one way and language."""

    title: str
    language: str
    shown: str
    url: str
    cost: str


@dataclass(frozen=True)
class FateLine:
    """Purchasers, and units, by whether they are reached, or why not."""

    title: str
    shown: str
    units: str
    url: str
    is_part: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Counted:
    """All of it."""

    notices: str
    cost: str
    sent: tuple[SentLine, ...]
    fates: tuple[FateLine, ...]
    spread: tuple[tuple[str, str], ...]


def counted_shown(wave: Wave, found: Preview) -> Counted:
    """A preview."""
    return Counted(
        notices=f"{found.notices:,}",
        cost=_money(found.cost, found.currency),
        sent=_sent(wave, found),
        fates=_fates(wave, found),
        spread=_spread(found),
    )


def rows_address(wave: Wave, **asked: str) -> str:
    """Where the rows of a count are."""
    return f"{wave_address('wave_counted', wave)}?{urlencode(asked)}"


def _sent(wave: Wave, found: Preview) -> tuple[SentLine, ...]:
    lines = []
    for (way, language), count in sorted(found.by_way_and_language.items()):
        title = WAYS[way]
        price = wave.costs.get(way.value)
        cost = Decimal(price) * count if price is not None else None
        lines.append(
            SentLine(
                title=title[:1].upper() + title[1:],
                language=language_name(language),
                shown=f"{count:,}",
                url=rows_address(wave, way=way.value, language=language) if count else "",
                cost=_money(cost, found.currency),
            )
        )
    return tuple(lines)


def _fates(wave: Wave, found: Preview) -> tuple[FateLine, ...]:
    lines = [
        FateLine(
            "Reached by at least one notice",
            f"{found.purchasers_reached:,}",
            f"{found.units_reached:,}",
            rows_address(wave, why=REACHED) if found.purchasers_reached else "",
        )
    ]
    for why in NotReached:
        people, units = found.not_reached.get(why, 0), found.units_not_reached.get(why, 0)
        if people or units:
            url = rows_address(wave, why=why.value)
            shown = f"{people:,}" if people else "not named"
            lines.append(
                FateLine(
                    f"Not: {why.words[:1].lower()}{why.words[1:]}",
                    shown,
                    f"{units:,}",
                    url,
                    is_part=True,
                )
            )
    whole = FateLine("In all", f"{found.purchasers:,}", f"{found.units:,}", "", is_total=True)
    return (*lines, whole)


def _spread(found: Preview) -> tuple[tuple[str, str], ...]:
    channels = {CHANNELS[Channel(each)]: n for each, n in found.units_by_channel.items()}
    countries = {each or "country not said": n for each, n in found.by_country.items()}
    wishes = (("Of them to those who asked to be told", f"{found.to_wishes:,}"),)
    owners = (("Of them to new owners whom owners named", f"{found.to_new_owners:,}"),)
    perhaps = (
        (
            "Of them perhaps told already: a letter or call was handed out and never finished",
            f"{found.perhaps_told:,}",
        ),
    )
    unused = (
        (
            "Contacts that no way of this wave reaches; a first notice goes to every one",
            found.unused_in_words,
        ),
    )
    return (
        *(unused if found.unused else ()),
        *(wishes if found.to_wishes else ()),
        *(owners if found.to_new_owners else ()),
        *(perhaps if found.perhaps_told else ()),
        ("Persons reached", f"{found.persons_reached:,}"),
        ("Notices by country", _each(countries)),
        ("Units reached by channel", _each(channels)),
    )


def _each(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())) or "none"


def _money(amount: Decimal | None, currency: str) -> str:
    return "not said" if amount is None else f"{amount:,.2f} {currency}".strip()
