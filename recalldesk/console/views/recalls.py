"""The recalls: the list of them, one with its versions, and closing it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.checks.reads import said_by
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import recall_or_404, stay_on
from recalldesk.console.recall_shown import listed, versions_shown
from recalldesk.elsewhere.at_hand import others_at_hand
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.actions import close_recall
from recalldesk.recalls.models import Recall, state_of
from recalldesk.recalls.reads import every_recall
from recalldesk.recalls.states import RecallState

LONGEST = 2_000


@require_safe
def recalls(request: DeskRequest) -> HttpResponse:
    """Every recall: where it stands, and what comes next."""
    values = {
        "recalls": [listed(each, request.user) for each in every_recall()],
        "may_edit": request.user.may(Permission.EDIT_RECALL),
    }
    return page(request, "recalls.html", values)


@require_safe
def recall(request: DeskRequest, slug: str) -> HttpResponse:
    """One recall: its versions, the newest first, and how often it was asked for."""
    found = recall_or_404(slug)
    stay_on(request, found.slug)
    return _page(request, found)


@require_POST
def close(request: DeskRequest, slug: str) -> HttpResponse:
    """Closes it; its units stay affected."""
    found = recall_or_404(slug)
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    try:
        close_recall(recall=found, by=request.user, note=reason)
    except Problem as problem:
        return _page(request, recall_or_404(slug), problem)
    messages.success(request, "It is closed. Checks go on; an affected unit stays affected.")
    return HttpResponseRedirect(reverse("console:recall", args=[slug]), status=303)


def _page(request: DeskRequest, found: Recall, problem: Problem | None = None) -> HttpResponse:
    state = state_of(found)
    values = {
        "recall": found,
        "state": state,
        "listed": listed(found, request.user),
        "versions": versions_shown(found),
        "others": others_at_hand((), [found.slug]),
        "asked": said_by(found, at=clock.now()),
        "may_edit": request.user.may(Permission.EDIT_RECALL),
        "may_close": state is RecallState.OPEN and request.user.may(Permission.PUBLISH_RECALL),
        "problem": problem,
        "typed": request.POST.get("reason", ""),
    }
    return page(request, "recall.html", values, status=422 if problem else 200)
