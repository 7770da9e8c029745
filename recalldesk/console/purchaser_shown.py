"""What the templates of purchasers are given. Nothing here asks the database.

Guarantee: of a person only what the reads masked already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.console.purchaser_words import (
    CONTACTS,
    KINDS,
    SETTLED,
    SOURCES,
    STRENGTHS,
    channel_in_words,
    matches_in_words,
    shares_in_words,
)
from recalldesk.console.purchasers_asked import address
from recalldesk.matching.people.said import JoinReason
from recalldesk.purchasers.reads.files import FileRow
from recalldesk.purchasers.reads.purchases import PurchaseRow
from recalldesk.purchasers.reads.questions import QuestionRow
from recalldesk.purchasers.reads.read_as import read_as
from recalldesk.purchasers.reads.shown import ShownPurchaser
from recalldesk.purchasers.states import Strength

NO_NAME = "no name"
COUNTS = ("accepted", "rejected", "duplicate", "blank", "continued", "heading")
"""What adds up to the lines of a file."""


@dataclass(frozen=True)
class Count:
    """A part of the sum."""

    of: str
    number: int
    shown: str


@dataclass(frozen=True)
class ShownFile:
    """A file as lists show it."""

    number: int
    url: str
    recall: str
    channel: str
    kind: str
    at: datetime
    by: str
    counts: tuple[Count, ...]
    lines: str
    purchases: str
    kept: str
    taken_back: str


@dataclass(frozen=True)
class ShownPurchase:
    """A purchase as lists show it. `url`: empty where nobody is named."""

    name: str
    purchaser: int
    url: str
    is_strong: bool
    strength: str
    is_uncovered: bool
    is_taken_back: bool
    why: str
    product: str
    units: int
    back: int
    paid: str
    ordered: str
    channel: str
    country: str
    reached: str
    file: int
    file_url: str
    line: int


@dataclass(frozen=True)
class ShownQuestion:
    """A question as lists show it."""

    number: int
    url: str
    first: str
    second: str
    why: str
    likely: str
    source: str
    state: str
    decided_at: datetime | None
    by: str


def counts_of(row: object) -> tuple[Count, ...]:
    """The parts of the sum of anything that counts lines."""
    found = [(name, int(getattr(row, name))) for name in COUNTS]
    return tuple(Count(name.capitalize(), number, f"{number:,}") for name, number in found)


def file_shown(row: FileRow, recall: str) -> ShownFile:
    """A file."""
    return ShownFile(
        number=row.number,
        url=address("order_file", row.number),
        recall=recall,
        channel=channel_in_words(row.channel, row.shop),
        kind=KINDS[row.kind],
        at=row.at,
        by=row.by,
        counts=counts_of(row),
        lines=f"{row.lines:,}",
        purchases=f"{row.purchases:,}",
        kept=kept_words(row.kept_until, row.erased_at),
        taken_back=day_words(row.taken_back_at.date()) if row.taken_back_at else "",
    )


def kept_words(until: date | None, erased_at: datetime | None) -> str:
    """Whether the file itself is there still."""
    if until is not None:
        return f"sealed until {day_words(until)}"
    return f"erased on {day_words(erased_at.date())}" if erased_at else "erased"


def day_words(day: date | None) -> str:
    """A day as these pages write it; empty for none."""
    return f"{day.day} {day:%b %Y}" if day else ""


def purchases_shown(rows: Iterable[PurchaseRow]) -> list[ShownPurchase]:
    """Purchases."""
    return [purchase_shown(row) for row in rows]


def purchase_shown(row: PurchaseRow) -> ShownPurchase:
    """A purchase."""
    return ShownPurchase(
        name=name_of(row.buyer),
        purchaser=row.buyer.number if row.buyer else 0,
        url=address("purchaser", row.buyer.number) if row.buyer else "",
        is_strong=row.strength is Strength.STRONG,
        strength=STRENGTHS[row.strength],
        is_uncovered=row.unmatched_at is not None,
        is_taken_back=row.taken_back_at is not None,
        why=matches_in_words(row.reasons),
        product=row.product,
        units=row.units,
        back=row.units_back,
        paid=str(row.price or ""),
        ordered=day_words(row.ordered_on),
        channel=channel_in_words(row.channel, row.shop),
        country=row.country,
        reached=reached_words(row.buyer),
        file=row.file,
        file_url=address("order_file", row.file),
        line=row.line,
    )


def name_of(buyer: ShownPurchaser | None) -> str:
    """How a purchaser is called: by initials, or by number where no name is known."""
    if buyer is None:
        return "nobody named"
    return buyer.name or NO_NAME


def reached_words(buyer: ShownPurchaser | None) -> str:
    """By which kinds of contact somebody is reached."""
    kinds = dict.fromkeys(CONTACTS[each.kind] for each in buyer.contacts) if buyer else {}
    return ", ".join(kinds) or "no contact"


def questions_shown(rows: Sequence[QuestionRow]) -> list[ShownQuestion]:
    """Questions."""
    return [
        ShownQuestion(
            number=row.number,
            url=address("same_person_question", row.number),
            first=one_line(row.first),
            second=f"{one_line(row.second)}, claim {row.filing}"
            if row.filing
            else one_line(row.second),
            why=shares_in_words(each for each in row.reasons if each != JoinReason.LIKELY),
            likely=likely_words(row.weight),
            source=SOURCES[row.source],
            state=SETTLED[row.state],
            decided_at=row.decided_at,
            by=row.by,
        )
        for row in rows
    ]


def one_line(buyer: ShownPurchaser) -> str:
    """A purchaser, masked, in a line."""
    return " · ".join([name_of(buyer), *(each.value for each in buyer.contacts[:2] if each.value)])


def likely_words(weight: float) -> str:
    """How likely, in hundredths; never wholly."""
    return f"{min(99, max(1, round(weight * 100)))} %"


def counted_words(count: int, most: int) -> str:
    """A number that is counted no further than `most`."""
    return f"{most:,}+" if count > most else f"{count:,}"


def found_shown(buyer: ShownPurchaser) -> tuple[str, str, str, str]:
    """Somebody who was found: name, address of the page, contacts masked, country."""
    contacts = ", ".join(each.value for each in buyer.contacts if each.value)
    return (name_of(buyer), address("purchaser", buyer.number), contacts, buyer.country)


def reading_facts(row: FileRow, reading: Mapping[str, object]) -> list[tuple[str, str]]:
    """How a file was read: what the reader said of it, and what became of the file."""
    return [
        *read_as(reading),
        ("Matched with", f"version {row.version}"),
        ("Size", f"{row.size:,} bytes"),
        ("The file", kept_words(row.kept_until, row.erased_at)),
    ]
