"""The first page of the desk, and the page of whoever must set up a second factor first."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.second_factor import is_given, must_give
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue.counts import counts_for
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.incidents_on_start import incidents_on_start, notices_that_differ
from recalldesk.console.lists import LISTS
from recalldesk.console.recall_shown import on_start
from recalldesk.console.reports_on_start import reports_on_start
from recalldesk.foundation import clock
from recalldesk.inquiries.reads import open_questions


@require_safe
def start(request: DeskRequest) -> HttpResponse:
    """What is to be done: the lists, and how many claims stand in each. Whoever sits for an
    authority begins at their seat."""
    if not request.user.may(Permission.SEE_CLAIMS):
        return redirect_to("console:seat")
    counts = counts_for(Filters(), by=request.user, days=desk_days(clock.now()))
    lists = [(each, counts.of_lists[each.key]) for each in LISTS if each.key in counts.of_lists]
    values = {
        "lists": lists,
        "late": counts.late,
        "versions": on_start(request.user),
        "incidents": incidents_on_start(request.user),
        "differing": notices_that_differ(request.user),
        "questions": open_questions(by=request.user),
        "reports": reports_on_start(request.user),
    }
    return page(request, "start.html", values)


@require_safe
def second_factor(request: DeskRequest) -> HttpResponse:
    """Says why a second factor is needed, and which there are."""
    if is_given(request.session) or not must_give(request.user):
        return redirect_to("console:start")
    return page(request, "second_factor.html")
