"""What a notice says of incidents, held against the tally. Pure.

Guarantees: each figure of a recall file that counts incidents is compared, whatever texts name it;
harm that was counted and that no figure of the notice counts is told of, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from recalldesk.incidents.states import Care
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.figures import TREATED, UNTREATED, Figure, Kind, figure_of
from recalldesk.recalls.document.parts import Figure as NoticeFigure

OF_CARE = {
    Kind.INJURIES: frozenset(Care) - {Care.DEATH},
    Kind.INJURIES_UNTREATED: UNTREATED,
    Kind.INJURIES_TREATED: TREATED,
    Kind.DEATHS: frozenset({Care.DEATH}),
}
"""Whom each figure of people counts."""


@dataclass(frozen=True)
class Compared:
    """A figure of the notice, by its name in the recall file, with the tally's."""

    name: str
    figure: Figure
    said: Decimal
    counted: Decimal

    @property
    def differs(self) -> bool:
        """Whether the notice says something else."""
        return self.said != self.counted


def compared(figures: Mapping[str, NoticeFigure], tally: Tally) -> list[Compared]:
    """The figures of a recall file that count incidents, in its order."""
    found = []
    for name, each in figures.items():
        if each.counts is not None:
            figure = figure_of(each.counts, each.currency)
            found.append(Compared(name, figure, Decimal(each.value), tally.number(figure)))
    return found


def unsaid(figures: Mapping[str, NoticeFigure], tally: Tally) -> list[tuple[Figure, Decimal]]:
    """What the tally counts of harm and no figure of the notice does. Nothing where the notice has
    no figure that counts incidents: then it cannot be told."""
    said = {figure_of(each.counts, each.currency) for each in figures.values() if each.counts}
    if not said:
        return []
    return [
        (figure, number) for figure in _missing(said, tally) if (number := tally.number(figure))
    ]


def _missing(said: set[Figure], tally: Tally) -> Iterator[Figure]:
    kinds = {figure.kind for figure in said}
    known = frozenset[Care]().union(*(OF_CARE[kind] for kind in kinds if kind in OF_CARE))
    if Care.DEATH not in known:
        yield Figure(Kind.DEATHS)
    for care in Care:
        if care is not Care.DEATH and care not in known:
            yield Figure(Kind.CARE, care.value)
    if Kind.PROPERTY_REPORTS not in kinds:
        yield Figure(Kind.PROPERTY_REPORTS)
    for currency in tally.currencies:
        if Figure(Kind.DAMAGE, currency) not in said:
            yield Figure(Kind.DAMAGE, currency)
    if not kinds & {Kind.REPORTS, Kind.INCIDENTS, Kind.FIRES_AND_EXPLOSIONS}:
        yield Figure(Kind.INCIDENTS)
