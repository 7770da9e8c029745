"""The rows behind a figure of stock, of all partners of a recall or of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.partner_forms import name_of
from recalldesk.console.partner_shown import products_of
from recalldesk.console.recall_named import recall_or_404, stay_on
from recalldesk.console.stock_rows_shown import FIGURES, NOTE, rows_behind
from recalldesk.console.views.seat_rows import ROWS_SHOWN, page_in
from recalldesk.console.views.seat_stock import partner_in_query


@require_safe
def rows(request: DeskRequest, slug: str, figure: str) -> HttpResponse:
    """The rows, the newest first, and what they add up to."""
    recall = recall_or_404(slug)
    if figure not in FIGURES:
        raise Http404
    stay_on(request, slug)
    partner = partner_in_query(request)
    found = rows_behind(recall, figure, partner)[::-1]
    shown = Paginator(found, ROWS_SHOWN).get_page(page_in(request.GET.dict()))
    names = {each.key: name_of(each) for each in products_of(recall)}
    title, says = FIGURES[figure]
    asked = f"partner={partner.pk}&" if partner else ""
    values = {
        "recall": recall,
        "partner": partner,
        "title": title,
        "says": says,
        "note": NOTE,
        "count": len(found),
        "units": f"{sum(row.units for row in found):,}",
        "rows": [(row, names.get(row.product, row.product)) for row in shown.object_list],
        "before": f"{asked}page={shown.number - 1}" if shown.has_previous() else "",
        "further": f"{asked}page={shown.number + 1}" if shown.has_next() else "",
    }
    return page(request, "partners/rows.html", values)
