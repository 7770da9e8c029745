"""The first page of the desk, and the page of whoever must set up a second factor first."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.second_factor import is_given, must_give
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.lists import LISTS


@require_safe
def start(request: DeskRequest) -> HttpResponse:
    """What is to be done, and the person's own account."""
    return page(request, "start.html", {"lists": LISTS})


@require_safe
def second_factor(request: DeskRequest) -> HttpResponse:
    """Says why a second factor is needed, and which there are."""
    if is_given(request.session) or not must_give(request.user):
        return redirect_to("console:start")
    return page(request, "second_factor.html")
