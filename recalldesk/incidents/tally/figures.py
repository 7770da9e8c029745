"""What each figure counts of a report. Pure.

Guarantee: a figure is the sum of what each report adds to it, and by nothing else: the reports that
add something are the rows behind it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from recalldesk.incidents.states import Care, Happened, IncidentState
from recalldesk.recalls.document.parts import Counts

UNTREATED = frozenset({Care.NONE, Care.FIRST_AID})
"""The care of whoever had no medical attention: none, or first aid by somebody who is no doctor."""
TREATED = frozenset({Care.DOCTOR, Care.HOSPITAL})
NOT_KNOWN = "unknown"


class Kind(StrEnum):
    """What is counted, by its name in addresses."""

    REPORTS = "reports"
    INCIDENTS = "incidents"
    NOTHING_HAPPENED = "nothing-happened"
    FIRES_AND_EXPLOSIONS = "fires-and-explosions"
    HAPPENED = "happened"
    INJURIES = "injuries"
    INJURIES_UNTREATED = "injuries-untreated"
    INJURIES_TREATED = "injuries-treated"
    CARE = "care"
    DEATHS = "deaths"
    PROPERTY_REPORTS = "property-reports"
    DAMAGE = "damage"
    DAMAGE_UNKNOWN = "damage-unknown"
    STATE = "state"


PARTED: Mapping[Kind, tuple[str, ...]] = {
    Kind.HAPPENED: (*(each.value for each in Happened), NOT_KNOWN),
    Kind.CARE: tuple(each.value for each in Care if each is not Care.DEATH),
    Kind.STATE: tuple(each.value for each in IncidentState),
}
"""Of which kinds a figure is one part, and of which parts. Damage is of one currency."""


class When(StrEnum):
    """Whether it happened before the recall was announced."""

    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Figure:
    """A figure. `part`: of what, where its kind has parts, or in which currency."""

    kind: Kind
    part: str = ""

    @property
    def name(self) -> str:
        """As it stands in addresses."""
        return f"{self.kind}-{self.part.replace('_', '-')}" if self.part else self.kind.value


@dataclass(frozen=True)
class Told:
    """A report that counts. `cares`: of each person who was hurt, those who died among them;
    `damages`: amount and currency of each thing that was damaged, None where nobody said."""

    number: int
    state: IncidentState = IncidentState.OBTAINED
    happened: Happened | None = None
    nothing_happened: bool = False
    happened_on: date | None = None
    cares: tuple[Care, ...] = ()
    damages: tuple[tuple[Decimal | None, str], ...] = ()


def figure_named(name: str) -> Figure | None:
    """The figure of an address, or None."""
    for figure in every_figure(()):
        if name == figure.name:
            return figure
    currency = name.removeprefix(f"{Kind.DAMAGE}-")
    is_currency = len(currency) == 3 and currency.isascii() and currency.isalpha()
    if name != currency and is_currency and currency.isupper():
        return Figure(Kind.DAMAGE, currency)
    return None


def every_figure(currencies: Sequence[str]) -> Iterator[Figure]:
    """All of them, in the order in which pages have them."""
    for kind in Kind:
        if kind is Kind.DAMAGE:
            yield from (Figure(kind, currency) for currency in currencies)
        elif kind in PARTED:
            yield from (Figure(kind, part) for part in PARTED[kind])
        else:
            yield Figure(kind)


def figure_of(counts: Counts, currency: str | None) -> Figure:
    """The figure that one of a recall file counts."""
    return Figure(Kind(counts.value.replace("_", "-")), currency or "")


def adds(figure: Figure, told: Told) -> Decimal:
    """What a report adds to a figure."""
    return Decimal(_ADDS[figure.kind](told, figure.part))


def when_of(told: Told, announced: date | None) -> When:
    """Whether it happened before the recall. The day of the announcement itself is after."""
    if told.happened_on is None or announced is None:
        return When.UNKNOWN
    return When.BEFORE if told.happened_on < announced else When.AFTER


def _hurt(told: Told, _part: str) -> int:
    return len(told.cares) - told.cares.count(Care.DEATH)


def _untreated(told: Told, _part: str) -> int:
    return sum(care in UNTREATED for care in told.cares)


def _treated(told: Told, _part: str) -> int:
    return sum(care in TREATED for care in told.cares)


def _worth(told: Told, currency: str) -> Decimal:
    amounts = (amount for amount, named in told.damages if amount and named == currency)
    return sum(amounts, Decimal(0))


def _is_of(told: Told, part: str) -> bool:
    """Whether it is an incident in which this happened."""
    return not told.nothing_happened and (told.happened or NOT_KNOWN) == part


_ADDS: Mapping[Kind, Callable[[Told, str], int | Decimal]] = {
    Kind.REPORTS: lambda _told, _part: 1,
    Kind.INCIDENTS: lambda told, _: not told.nothing_happened,
    Kind.NOTHING_HAPPENED: lambda told, _: told.nothing_happened,
    Kind.FIRES_AND_EXPLOSIONS: lambda told, _: told.happened in (Happened.FIRE, Happened.EXPLOSION),
    Kind.HAPPENED: _is_of,
    Kind.INJURIES: _hurt,
    Kind.INJURIES_UNTREATED: _untreated,
    Kind.INJURIES_TREATED: _treated,
    Kind.CARE: lambda told, part: told.cares.count(Care(part)),
    Kind.DEATHS: lambda told, _: told.cares.count(Care.DEATH),
    Kind.PROPERTY_REPORTS: lambda told, _: bool(told.damages),
    Kind.DAMAGE: _worth,
    Kind.DAMAGE_UNKNOWN: lambda told, _: any(amount is None for amount, _ in told.damages),
    Kind.STATE: lambda told, part: told.state == part,
}
"""What each kind counts of a report."""
