"""What providers did against what the rows say: what differs, the last runs, and a run now."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.remedying.found import claims_of_findings
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.foundation.problem import Problem
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.remedies.placing import holds
from recalldesk.remedies.reconciling.asked import ask_to_reconcile, is_asked
from recalldesk.remedies.reconciling.findings import BY_PERSON, settle_finding
from recalldesk.remedies.reconciling.reads import (
    in_the_way,
    last_runs,
    last_settled,
    open_by_kind,
    open_of_kind,
)
from recalldesk.remedies.reconciling.reconciling import BEGINNING
from recalldesk.remedies.reconciling.to_do import TO_DO
from recalldesk.remedies.states import Differs

LONGEST = 2_000


@require_safe
def reconciling(request: DeskRequest) -> HttpResponse:
    """The runs and findings; `kind` and `after` lead through the findings of one kind."""
    asked, after = request.GET.get("kind", ""), _number(request)
    kinds = open_of_kind(Differs(asked), after=after) if asked in Differs else open_by_kind()
    settled = last_settled()
    shown = [finding for kind in kinds for finding in kind.findings]
    claims = claims_of_findings([*shown, *(each.finding for each in settled)])
    values = {
        "runs": last_runs(),
        "beginning": BEGINNING,
        "kinds": [
            (
                kind,
                TO_DO[kind.kind],
                [(finding, claims.get(finding.pk)) for finding in kind.findings],
                kind.kind in BY_PERSON,
            )
            for kind in kinds
        ],
        "settled": [(each, claims.get(each.finding.pk)) for each in settled],
        "one_kind": asked in Differs,
        "in_the_way": in_the_way(),
        "by_run": holds.RESTORED,
        "lost": holds.JOURNAL_LOST,
        "is_asked": is_asked(),
        "has_worker": is_any_worker_alive(),
        "may_go_on": request.user.may(Permission.RELEASE_BUDGET),
    }
    return page(request, "reconciling.html", values)


@require_POST
def reconcile_now(request: DeskRequest) -> HttpResponse:
    """Has a worker compare now."""
    ask_to_reconcile(by=request.user)
    messages.success(request, "A worker compares now. Load this page again in a minute.")
    return redirect_to("console:reconciling")


@require_POST
def finding_settle(request: DeskRequest, number: int) -> HttpResponse:
    """Closes a finding that a person has looked into."""
    reason = request.POST.get("note", "")[:LONGEST]
    try:
        settle_finding(finding_id=number, by=request.user, reason=reason)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Finding {number} is settled.")
    return redirect_to("console:reconciling")


def _number(request: DeskRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
