"""Every figure and every ledger, in the order of the form."""

from collections.abc import Mapping

from recalldesk.foundation.problem import Problem
from recalldesk.reports.progress.cells import contacted, corrected, incidents, notified, publicity
from recalldesk.reports.progress.figures import CellOf, Figure, Ledger, Span

FIGURES: tuple[Figure, ...] = (
    *corrected.FIGURES,
    *incidents.FIGURES,
    *notified.FIGURES,
    *contacted.FIGURES,
    *publicity.FIGURES,
)
LEDGERS: Mapping[str, Ledger] = {
    each.name: each
    for each in (
        corrected.LEDGER,
        incidents.LEDGER,
        notified.LEDGER,
        contacted.LEDGER,
        contacted.PAGE_LEDGER,
        publicity.HITS,
        publicity.POSTS,
        publicity.AUCTIONS,
    )
}


class NoSuchCell(Problem):
    """An address or an option that names no cell of the report."""

    def __init__(self) -> None:
        super().__init__("The report has no such cell.", "Choose one on the report's page.")


def every_cell() -> tuple[CellOf, ...]:
    """All of them that are counted from rows."""
    return tuple(CellOf(figure, span) for figure in FIGURES for span in Span)


def cell_named(name: str) -> CellOf:
    """The cell of a name. Raises NoSuchCell."""
    found = next((each for each in every_cell() if each.name == name), None)
    if found is None:
        raise NoSuchCell
    return found
