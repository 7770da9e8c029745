"""Figures of partners' stock with the rows behind each, for the desk and for the seat of an
authority.

Guarantee: a number is the sum of the units of the rows to which it leads; no column tells of a
person at a partner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.accounts.models import Partner
from recalldesk.console.seat_shown import Cell
from recalldesk.recalls.models import Recall
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import (
    StandingRefund,
    Stock,
    counts_by_product,
    standing_refunds,
    standing_reports,
)
from recalldesk.stock.states import Kind

REFUNDED = "refunded"
FIGURES: dict[str, tuple[str, str]] = {
    "on_hand": ("On hand", "Units that partners still have, as they counted last."),
    "quarantined": (
        "Kept apart",
        "Of these, units that they keep apart so that nobody sells them.",
    ),
    "returned": ("Returned", "Units of their own stock that partners sent back."),
    "destroyed": ("Destroyed", "Units of their own stock that partners destroyed."),
    "came_back": (
        "From customers",
        "Units that customers brought back, and that were then returned or destroyed. Their "
        "refunds count them as corrected, and not this figure.",
    ),
    REFUNDED: (
        "Refunded",
        "Consumers’ units that partners refunded, replaced or repaired. Their rows are reports "
        "among the corrections.",
    ),
}
"""Each figure: its title, and what it counts."""
NOTE = (
    "A count is the newest that a partner told; what was returned and destroyed adds up. What was "
    "taken back counts no more."
)
RowsAt = Callable[[str, int | None], str]
"""Where the rows of a figure are, of one partner or of all."""


@dataclass(frozen=True)
class StockRow:
    """A row behind a figure. `reference`: the partner's own number of it, for the desk alone;
    `report`: whether its number is that of a report among the corrections."""

    number: int
    partner: Partner
    what: str
    product: str
    units: int
    from_customers: bool
    done_on: date
    written_at: datetime
    told_by: str
    reference: str
    report: bool = False

    @property
    def units_shown(self) -> str:
        """How many, for a page."""
        return f"{self.units:,}"


def rows_behind(recall: Recall, figure: str, partner: Partner | None = None) -> list[StockRow]:
    """The rows that a figure counts, of one partner or of all. Raises KeyError for what is no
    figure."""
    whose = None if partner is None else [partner]
    if figure == REFUNDED:
        return [_of_refund(each) for each in standing_refunds(recall, whose)]
    return [_of_report(each) for each in _COUNTED[figure](standing_reports(recall, whose))]


def number_cells(stock: Stock, rows_at: RowsAt, partner: int | None) -> tuple[Cell, ...]:
    """Each figure, leading to its rows where there are any. `partner`: None for the sums of all."""
    return tuple(
        _number(getattr(stock, figure), rows_at(figure, partner), title)
        for figure, (title, _) in FIGURES.items()
    )


def named_cells(stock: Stock, rows_at: RowsAt, partner: int | None) -> list[tuple[str, Cell]]:
    """The same, each with its title."""
    titles = [title for title, _ in FIGURES.values()]
    return list(zip(titles, number_cells(stock, rows_at, partner), strict=True))


def _number(units: int | None, url: str, title: str) -> Cell:
    if units is None:
        return Cell("—")
    return Cell(f"{units:,}", url if units else "", title)


def _of_report(row: StockReport) -> StockRow:
    return StockRow(
        number=row.pk,
        partner=row.partner,
        what=str(Kind(row.kind).label),
        product=row.product,
        units=row.units,
        from_customers=row.came_back,
        done_on=row.happened_on,
        written_at=row.at,
        told_by=row.told_by,
        reference=row.reference,
    )


def _of_refund(each: StandingRefund) -> StockRow:
    row = each.report
    return StockRow(
        number=row.pk,
        partner=each.partner,
        what=str(row.get_measure_display()),
        product="",
        units=row.units,
        from_customers=True,
        done_on=row.happened_on,
        written_at=row.at,
        told_by=row.brought_by_whom,
        reference=row.shop_reference,
        report=True,
    )


def _newest(kind: Kind) -> Callable[[list[StockReport]], list[StockReport]]:
    def counted(reports: list[StockReport]) -> list[StockReport]:
        partners: dict[int, list[StockReport]] = {row.partner_id: [] for row in reports}
        for row in reports:
            partners[row.partner_id].append(row)
        return [row for told in partners.values() for row in counts_by_product(told, kind).values()]

    return counted


def _moved(kind: Kind) -> Callable[[list[StockReport]], list[StockReport]]:
    return lambda reports: [row for row in reports if row.kind == kind and not row.came_back]


_COUNTED: dict[str, Callable[[list[StockReport]], list[StockReport]]] = {
    "on_hand": _newest(Kind.ON_HAND),
    "quarantined": _newest(Kind.QUARANTINED),
    "returned": _moved(Kind.RETURNED),
    "destroyed": _moved(Kind.DESTROYED),
    "came_back": lambda reports: [row for row in reports if row.came_back],
}
