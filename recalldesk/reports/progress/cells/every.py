"""Every figure and every ledger, in the order of the form."""

from collections.abc import Mapping

from recalldesk.foundation.problem import Problem
from recalldesk.reports.progress.cells import (
    abroad,
    contacted,
    corrected,
    incidents,
    notified,
    publicity,
    stock,
)
from recalldesk.reports.progress.figures import CellOf, Figure, Ledger, Span

FIGURES: tuple[Figure, ...] = (
    *corrected.FIGURES,
    corrected.BEFORE,
    *incidents.FIGURES,
    *notified.FIGURES,
    *contacted.FIGURES,
    *publicity.FIGURES,
    *stock.FIGURES,
)
LEDGERS: Mapping[str, Ledger] = {
    each.name: each
    for each in (
        corrected.LEDGER,
        corrected.BEFORE_LEDGER,
        incidents.LEDGER,
        notified.LEDGER,
        contacted.LEDGER,
        contacted.PAGE_LEDGER,
        publicity.HITS,
        publicity.POSTS,
        publicity.AUCTIONS,
        stock.LEDGER,
        abroad.CORRECTED_BY_COUNTRY,
        abroad.TOLD_BY_COUNTRY,
    )
}


class NoSuchCell(Problem):
    """An address or an option that names no cell of the report."""

    def __init__(self) -> None:
        super().__init__(
            "The report has no such cell.",
            "Choose one on the report's page; its name is such as corrected-consumer-period.",
        )


OF_THE_FORM = tuple(dict.fromkeys(figure.ledger for figure in FIGURES))
"""The ledgers that the form needs."""


def every_cell() -> tuple[CellOf, ...]:
    """All cells of the form that are counted from rows."""
    return tuple(CellOf(figure, span) for figure in FIGURES for span in Span)


def cell_named(name: str) -> CellOf:
    """The cell of a name, of the form or of a summary. Raises NoSuchCell."""
    for span in Span:
        of_figure = name.removesuffix(f"-{span.value}")
        if of_figure != name:
            known = (each for each in (*FIGURES, *abroad.FIXED) if each.name == of_figure)
            found = next(known, None) or abroad.country_figure(of_figure)
            if found is not None:
                return CellOf(found, span)
    raise NoSuchCell
