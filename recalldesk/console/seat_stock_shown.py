"""Partners' stock as a seat shows it: who stopped selling, what each has and did with it, and the
rows behind each number.

Guarantee: a number is the sum of the units of the rows to which it leads; no column tells of a
person at a partner.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.console.seat_shown import Cell, Table, TotalLine
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import Stock, counts_by_product, totals
from recalldesk.stock.reads.notices import NoticeStanding
from recalldesk.stock.states import Kind

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
}
"""Each figure with rows: its title, and what it counts."""
REFUNDED = (
    "Refunded",
    "Consumers’ units that partners refunded, replaced or repaired; their rows are among the "
    "corrections.",
)
HEADS = ("Row", "Partner", "What", "Product", "Units", "From customers", "Done on", "Written (UTC)")


def notice_table(standings: Iterable[NoticeStanding]) -> Table:
    """Who was told to stop selling, and who has."""
    heads = ("Partner", "Level", "Told on", "Answer by", "Answered on", "Stands")
    return Table(
        "stop-sale", "Stop-sale", "Stop-sale by partner", heads, list(map(_told, standings))
    )


def stock_table(partners: Iterable[Partner], stocks: dict[int, Stock], slug: str) -> Table:
    """What each partner has, and what became of it."""
    heads = (*(title for title, _ in FIGURES.values()), REFUNDED[0], "Counted on")
    known = [each for each in partners if each.pk in stocks]
    lines = [_line(each.name, stocks[each.pk], slug, each.pk) for each in known]
    if known:
        lines.append(_line("All", totals(stocks[each.pk] for each in known), slug, None))
    return Table("stock", "Stock", "Stock by partner", ("Partner", *heads), lines)


def rows_of(figure: str, reports: list[StockReport]) -> list[StockReport]:
    """Of the rows that stand, those that a figure counts. Raises KeyError for what is none."""
    return _COUNTED[figure](reports)


def cells_of(row: StockReport) -> list[str | int]:
    """What is told of a row."""
    return [
        row.pk,
        row.partner.name,
        str(Kind(row.kind).label),
        row.product,
        row.units,
        "yes" if row.came_back else "",
        str(row.happened_on),
        row.at.isoformat(timespec="seconds"),
    ]


def _told(standing: NoticeStanding) -> TotalLine:
    notice = standing.notice
    said = (
        str(PartnerLevel(standing.partner.level).label),
        _day(notice.told_at if notice else None),
        _day(notice.answer_by if notice else None),
        _day(notice.acknowledged_at if notice else None),
        str(standing.standing.label) + (", late" if standing.is_late else ""),
    )
    return TotalLine(standing.partner.name, tuple(map(Cell, said)), is_total=False)


def _line(name: str, stock: Stock, slug: str, partner: int | None) -> TotalLine:
    cells = tuple(
        _number(getattr(stock, figure), figure, title, slug, partner)
        for figure, (title, _) in FIGURES.items()
    )
    more = (Cell(f"{stock.refunded:,}"), Cell(_day(stock.counted_at)))
    return TotalLine(name, (*cells, *more), is_total=partner is None)


def _number(units: int | None, figure: str, title: str, slug: str, partner: int | None) -> Cell:
    if units is None:
        return Cell("—")
    url = reverse("console:seat_stock_rows", args=[slug, figure])
    query = f"?partner={partner}" if partner else ""
    return Cell(f"{units:,}", url + query if units else "", title)


def _day(moment: datetime | date | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "—"


def _newest(kind: Kind) -> Callable[[list[StockReport]], list[StockReport]]:
    def counted(reports: list[StockReport]) -> list[StockReport]:
        partners = {row.partner_id: [] for row in reports}  # type: dict[int, list[StockReport]]
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
