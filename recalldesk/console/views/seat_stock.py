"""Stop-sale and stock as an authority reads them from its seat, and the rows behind each number.

Guarantee: a partner that was not told of the recall, told nothing of it and is none any more is
named to nobody.
"""

from collections.abc import Iterable, Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.models import Partner
from recalldesk.console.access import DeskRequest
from recalldesk.console.purchasers_asked import LONGEST_NUMBER
from recalldesk.console.seat_named import seen_recall_or_404
from recalldesk.console.seat_stock_shown import HEADS, cells_of, notice_table, stock_table
from recalldesk.console.stock_rows_shown import FIGURES, NOTE, rows_behind
from recalldesk.console.views.seat_figures import figures_page
from recalldesk.console.views.seat_rows import ROWS_SHOWN, Rows, page_in, rows_page_of
from recalldesk.stock.reads.counts import Stock, stock_of
from recalldesk.stock.reads.notices import NoticeStanding, partner_numbered, standings_of


@require_safe
def seat_stock(request: DeskRequest, slug: str) -> HttpResponse:
    """Who stopped selling, and what each partner has."""
    recall = seen_recall_or_404(slug, by=request.user)
    standings, stocks = standings_of(recall), stock_of(recall)
    partners = _partners(standings, stocks).values()
    tables = [notice_table(standings), stock_table(partners, stocks, slug)]
    return figures_page(
        request, recall, "Stop-sale and stock", tables, list(FIGURES.values()), [NOTE]
    )


def _partners(
    standings: Iterable[NoticeStanding], stocks: Mapping[int, Stock]
) -> dict[int, Partner]:
    """Those that the page names, by their numbers. What a partner told stays when it is one no
    more."""
    partners = {each.partner.pk: each.partner for each in standings}
    for number in stocks.keys() - partners.keys():
        if ended := partner_numbered(number):
            partners[number] = ended
    return partners


@require_safe
def stock_rows(request: DeskRequest, slug: str, figure: str) -> HttpResponse:
    """The rows that a figure of stock counts, of one partner or of all."""
    recall = seen_recall_or_404(slug, by=request.user)
    if figure not in FIGURES:
        raise Http404
    partner = partner_in_query(request)
    if partner is not None and partner.pk not in _partners(standings_of(recall), stock_of(recall)):
        raise Http404
    found = rows_behind(recall, figure, partner)
    pages = Paginator(found, ROWS_SHOWN)
    shown = pages.get_page(page_in(request.GET.dict()))
    title, says = FIGURES[figure]
    asked = f"partner={partner.pk}&" if partner else ""
    units = sum(row.units for row in found)
    return rows_page_of(
        request,
        recall,
        Rows(
            title=f"{title}: {units:,}, {partner.name if partner else 'all partners'}",
            says=says,
            count=pages.count,
            heads=HEADS,
            rows=[cells_of(row) for row in shown.object_list],
            named=f"stock/{figure}?{asked}page={shown.number}",
            back="console:seat_stock",
            before=f"{asked}page={shown.number - 1}" if shown.has_previous() else "",
            further=f"{asked}page={shown.number + 1}" if shown.has_next() else "",
            note=NOTE,
        ),
    )


def partner_in_query(request: DeskRequest) -> Partner | None:
    """The partner that an address names; None where it names none. Raises Http404."""
    named = request.GET.get("partner", "")
    if not named:
        return None
    is_number = named.isascii() and named.isdecimal() and len(named) <= LONGEST_NUMBER
    partner = partner_numbered(int(named)) if is_number else None
    if partner is None:
        raise Http404
    return partner
