"""What is decided on the claim page: one form a verb, each with the stamp of what was seen.

Guarantees: what cannot be done is said on the page with what to do, and nothing typed is lost;
after a decision the next claim of the same list comes, with a way to undo.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.desk.deciding import (
    approve_claim,
    ask_owner,
    decline_claim,
    give_back,
    mark_duplicate,
)
from recalldesk.claims.desk.errors import NewLeads, StaleClaim
from recalldesk.claims.desk.opening import leave_claim
from recalldesk.claims.desk.second import confirm_decision, refuse_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NoSuchClaim
from recalldesk.claims.models import Claim, Decision
from recalldesk.console import claim_undo
from recalldesk.console.access import DeskRequest
from recalldesk.console.claim_going import (
    address_in_list,
    filters_of,
    free_behind,
    number_in,
    place_of,
    see,
    to_queue,
    with_list,
)
from recalldesk.console.claim_shown import address_of
from recalldesk.console.views.claim import number_of, shown
from recalldesk.foundation.problem import Problem

REFUSED = {
    FieldProblem.MISSING: "Write something to the owner first.",
    FieldProblem.TOO_LONG: "This is longer than a message may be: 4,000 characters.",
}
Verb = Callable[[DeskRequest, int], Decision | None]


def _approve(request: DeskRequest, number: int) -> Decision:
    return approve_claim(
        claim_id=number,
        by=request.user,
        seen=seen_in(request),
        known=known_in(request),
        note=request.POST.get("note", ""),
        second_remedy="second_remedy" in request.POST,
        second_reader="second_reader" in request.POST,
    )


def _decline(request: DeskRequest, number: int) -> Decision:
    return decline_claim(
        claim_id=number,
        by=request.user,
        seen=seen_in(request),
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", ""),
        note=request.POST.get("note", ""),
    )


def _ask(request: DeskRequest, number: int) -> Decision:
    return ask_owner(
        claim_id=number,
        by=request.user,
        seen=seen_in(request),
        words=request.POST.get("words", ""),
        about=request.POST.get("template", ""),
        note=request.POST.get("note", ""),
    )


def _duplicate(request: DeskRequest, number: int) -> Decision:
    return mark_duplicate(
        claim_id=number,
        of_claim_id=number_in(request, "of"),
        by=request.user,
        seen=seen_in(request),
        note=request.POST.get("note", ""),
    )


def _give_back(request: DeskRequest, number: int) -> None:
    give_back(
        claim_id=number,
        by=request.user,
        seen=seen_in(request),
        note=request.POST.get("note", ""),
    )


def _confirm(request: DeskRequest, number: int) -> Decision:
    return confirm_decision(
        decision_id=_decision_of(request, number).pk,
        by=request.user,
        seen=seen_in(request),
        known=known_in(request),
        note=request.POST.get("note", ""),
    )


def _refuse(request: DeskRequest, number: int) -> None:
    refuse_decision(
        decision_id=_decision_of(request, number).pk,
        by=request.user,
        seen=seen_in(request),
        note=request.POST.get("note", ""),
    )


DECIDES: dict[str, Verb] = {
    "approve": _approve,
    "decline": _decline,
    "ask": _ask,
    "duplicate": _duplicate,
    "give_back": _give_back,
}
SETTLES: dict[str, Verb] = {"confirm": _confirm, "refuse": _refuse}
APPROVES = frozenset({"approve", "confirm"})
STAYS = frozenset({"give_back", "refuse"})
"""After these one looks at the claim again."""


@require_POST
def decide(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Does what the form says."""
    return _done(request, reference, position, DECIDES)


@require_POST
def settle(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Agrees to what another proposed, or does not."""
    return _done(request, reference, position, SETTLES)


@require_POST
def undo(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Undoes a decision, and shows its claim."""
    number = number_of(reference, position)
    try:
        decision = undo_decision(
            decision_id=_decision_of(request, number).pk,
            by=request.user,
            note=request.POST.get("note", ""),
        )
    except Problem as problem:
        return refused(request, reference, position, problem)
    claim_undo.forget(request, decision.pk)
    messages.success(request, f"{reference}: undone. The claim waits as before.")
    return see(with_list(address_of(reference, position), filters_of(request)))


def _done(
    request: DeskRequest, reference: str, position: int, verbs: dict[str, Verb]
) -> HttpResponse:
    asked = request.POST.get("do", "")
    if asked not in verbs:
        raise Http404
    if "fill" in request.POST:
        return shown(request, reference, position, typed=typed_in(request) | {"fill": "1"})
    number = number_of(reference, position)
    place = place_of(number)
    try:
        decision = verbs[asked](request, number)
    except Problem as problem:
        return refused(request, reference, position, problem)
    filters = filters_of(request)
    here = with_list(address_of(reference, position), filters)
    if asked in STAYS or decision is None:
        return see(here)
    claim = Claim.objects.select_related("filing").get(pk=number)
    claim_undo.keep(request, claim, decision)
    leave_claim(claim_id=number, by=request.user)
    row = free_behind(filters, place, by=request.user)
    return see(address_in_list(row, filters) if row else to_queue(filters))


def refused(request: DeskRequest, reference: str, position: int, problem: Problem) -> HttpResponse:
    """The page as it stands now, with why it was not done and all that was typed."""
    if isinstance(problem, NoSuchClaim):
        raise Http404 from problem
    status = 403 if isinstance(problem, NotPermitted) else 422
    if isinstance(problem, StaleClaim | NewLeads):
        status = 409
    if isinstance(problem, FieldsRefused):
        said = [REFUSED.get(each, "This cannot be taken.") for each in problem.fields.values()]
        problem = Problem(*said[:1])
    return shown(
        request,
        reference,
        position,
        problem=problem,
        status=status,
        typed=typed_in(request),
        is_newer_shown=request.POST.get("do") in APPROVES,
    )


def typed_in(request: DeskRequest) -> dict[str, str]:
    """What was typed, to stand in the form again."""
    names = ("do", "note", "words", "reason", "template", "of", "second_remedy", "second_reader")
    return {name: request.POST.get(name, "") for name in names}


def seen_in(request: DeskRequest) -> int:
    """The stamp of the claim as it was shown."""
    return number_in(request, "seen")


def known_in(request: DeskRequest) -> list[str]:
    """The names of what was shown as newer than the ruling."""
    return request.POST.get("known", "").split()


def _decision_of(request: DeskRequest, number: int) -> Decision:
    """The decision that a form names, where it is one of this claim. Raises Http404."""
    rows = Decision.objects.filter(pk=number_in(request, "decision"), claim_id=number)
    found = rows.first()
    if found is None:
        raise Http404
    return found
