"""Partners' stock as a seat shows it: who stopped selling, what each has and did with it.

Guarantee: no column tells of a person at a partner, whoever looks.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.console.seat_shown import Cell, Table, TotalLine
from recalldesk.console.stock_rows_shown import FIGURES, RowsAt, StockRow, number_cells
from recalldesk.stock.reads.counts import Stock, totals
from recalldesk.stock.reads.notices import NoticeStanding

HEADS = ("Row", "Partner", "What", "Product", "Units", "From customers", "Done on", "Written (UTC)")


def notice_table(standings: Iterable[NoticeStanding]) -> Table:
    """Who was told to stop selling, and who has."""
    heads = ("Partner", "Level", "Told on", "Answer by", "Answered on", "Stands")
    return Table(
        "stop-sale", "Stop-sale", "Stop-sale by partner", heads, list(map(_told, standings))
    )


def stock_table(partners: Iterable[Partner], stocks: dict[int, Stock], slug: str) -> Table:
    """What each partner has, and what became of it."""
    heads = (*(title for title, _ in FIGURES.values()), "Counted on")
    known = [each for each in partners if each.pk in stocks]
    at = _rows_at(slug)
    lines = [_line(each.name, stocks[each.pk], at, each.pk) for each in known]
    if known:
        lines.append(_line("All", totals(stocks[each.pk] for each in known), at, None))
    return Table("stock", "Stock", "Stock by partner", ("Partner", *heads), lines)


def cells_of(row: StockRow) -> list[str | int]:
    """What is told of a row: neither who told it nor the partner's own number of it."""
    return [
        row.number,
        row.partner.name,
        row.what,
        row.product,
        row.units,
        "yes" if row.from_customers else "",
        str(row.done_on),
        row.written_at.isoformat(timespec="seconds"),
    ]


def _rows_at(slug: str) -> RowsAt:
    def at(figure: str, partner: int | None) -> str:
        query = f"?partner={partner}" if partner else ""
        return reverse("console:seat_stock_rows", args=[slug, figure]) + query

    return at


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


def _line(name: str, stock: Stock, at: RowsAt, partner: int | None) -> TotalLine:
    cells = (*number_cells(stock, at, partner), Cell(_day(stock.counted_at)))
    return TotalLine(name, cells, is_total=partner is None)


def _day(moment: datetime | date | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "—"
