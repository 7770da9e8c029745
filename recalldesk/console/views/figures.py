"""The desk's figures: of a recall or of all, and of the days that the address names."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.figure_panels import Addresses, headlines_of, panels_of
from recalldesk.console.figures_asked import Asked, asked_in
from recalldesk.console.recall_named import stay_on
from recalldesk.foundation import clock
from recalldesk.reports.charts.drawing import drawer
from recalldesk.reports.desk_figures.definitions import WHEN
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.reads import figures_of

USUAL = ((7, "7 days"), (28, "28 days"), (91, "91 days"), (365, "365 days"))


@require_safe
def figures(request: DeskRequest) -> HttpResponse:
    """The page."""
    today = clock.now().date()
    asked = asked_in(request.GET.dict(), today=today)
    if asked.recall:
        stay_on(request, asked.recall)
    drawer().prepare()  # while the rows are counted
    found = figures_of(asked.recall_ids, asked.period, by=request.user)
    addresses = Addresses(asked.recall, found, request.user)
    values = {
        "asked": asked,
        "figures": found,
        "headlines": list(headlines_of(found, addresses)),
        "panels": panels_of(found, addresses),
        "when": WHEN,
        "periods": [_period(asked, days, words, today) for days, words in USUAL],
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "is_empty": not found.filed_count and not found.tallies and not found.waiting_count,
    }
    return page(request, "figures.html", values)


def _period(asked: Asked, days: int, words: str, today: date) -> tuple[str, str, bool]:
    """A period to choose: its words, its address, whether it is the one shown."""
    period = Period(today - timedelta(days=days - 1), today)
    named = {"recall": asked.recall} if asked.recall else {}
    query = urlencode(named | {"from": str(period.first), "to": str(period.last)})
    return words, f"{reverse('console:figures')}?{query}", period == asked.period
