"""Who is on a claim, writing to its owner, and seeing who the owner is.

Guarantee: an owner is shown in full only after somebody said why, and the log has it; the reason
and what was seen stand in no address.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from recalldesk.claims.desk.answering import answer_owner, leave_unanswered
from recalldesk.claims.desk.opening import (
    assign_claim,
    leave_claim,
    open_claim,
    take_over,
    who_can_be_given,
)
from recalldesk.claims.desk.personal import show_personal
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.models import Claim
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_going import (
    filters_of,
    see,
    with_list,
)
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.views.claim import number_of
from recalldesk.console.views.claim_deciding import refused
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.looking import account_shown

WHY_SHOWN = (
    "To read what was told of danger",
    "To call or write to the owner",
    "To compare with a receipt or an account",
    "The owner asked us to look",
)


@require_POST
def look(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Stays on a claim (as its script asks), takes it over, takes it as one's own, or leaves it."""
    number, asked = number_of(reference, position), request.POST.get("do", "stay")
    try:
        if asked == "stay":
            held = open_claim(claim_id=number, by=request.user)
            return JsonResponse({"is_mine": held.is_mine, "name": held.name})
        if asked == "leave":
            leave_claim(claim_id=number, by=request.user)
            return HttpResponse(status=204)
        if asked == "take_over":
            take_over(claim_id=number, by=request.user)
        elif asked in ("assign", "let_go"):
            to = request.user if asked == "assign" else None
            assign_claim(claim_id=number, to=to, by=request.user)
        else:
            raise Http404
    except NoSuchClaim as missing:
        raise Http404 from missing
    return see(with_list(address_of(reference, position), filters_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Gives the claim to a colleague."""
    number, people = number_of(reference, position), who_can_be_given()
    here = with_list(address_of(reference, position), filters_of(request))
    chosen = next((each for each in people if str(each.pk) == request.POST.get("to")), None)
    if chosen is not None:
        try:
            assign_claim(claim_id=number, to=chosen, by=request.user)
        except NoSuchClaim as missing:
            raise Http404 from missing
        messages.success(request, f"{reference} is {chosen.name}’s now.")
        return see(here)
    values = {
        "name": name_of(reference, position),
        "claim_url": here,
        "people": people,
        "holder": Claim.objects.values_list("assigned_to", flat=True).get(pk=number),
        "problem": "Choose somebody of the list." if request.method == "POST" else "",
    }
    return page(request, "claim_give.html", values, status=422 if values["problem"] else 200)


@require_POST
def message(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Writes to the owner, or notes that what they wrote needs no answer."""
    number = number_of(reference, position)
    try:
        if request.POST.get("do") == "no_answer":
            filing_id = Claim.objects.values_list("filing_id", flat=True).get(pk=number)
            leave_unanswered(filing_id=filing_id, by=request.user)
        else:
            answer_owner(reference=reference, by=request.user, text=request.POST.get("words", ""))
            messages.success(request, "Your message is on the owner's page.")
    except Problem as problem:
        return refused(request, reference, position, problem)
    return see(with_list(address_of(reference, position), filters_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Asks why, then shows the owner in full, with what they told of danger."""
    number = number_of(reference, position)
    values: dict[str, Any] = {
        "name": name_of(reference, position),
        "claim_url": with_list(address_of(reference, position), filters_of(request)),
        "suggested": WHY_SHOWN,
        "owner": None,
    }
    status = 200
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            values["owner"] = show_personal(claim_id=number, by=request.user, reason=reason)
            values["account"] = account_shown(
                by=request.user,
                reason=reason,
                filing_id=Claim.objects.get(pk=number).filing_id,
            )
        except NoReason:
            values["problem"], status = "Say why you look; it is kept in the log.", 422
        except NoSuchClaim as missing:
            raise Http404 from missing
    return page(request, "claim_personal.html", values, status=status)
