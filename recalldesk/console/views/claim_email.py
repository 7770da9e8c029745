"""Another e-mail address for an owner whose mail came back, and the remedy sent to it again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.bounced import came_back, change_email, send_all_bounced
from recalldesk.claims.states import Channel
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_going import filters_of, see, with_list
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.views.claim import number_of
from recalldesk.foundation.problem import Problem

LONGEST = 2_000
TOLD_BY = (Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.SHOP)


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """The form, and what it asks for."""
    number = number_of(reference, position)
    filing_id = Claim.objects.values_list("filing_id", flat=True).get(pk=number)
    if request.method != "POST":
        return _form(request, reference, position, filing_id)
    try:
        _change(request, filing_id)
    except FieldsRefused:
        problem = Problem("The form has lost its name.", "Load this page again.")
        return _form(request, reference, position, filing_id, problem=problem)
    except Problem as problem:
        return _form(request, reference, position, filing_id, problem=problem)
    messages.success(request, "The address is changed, and the owner has mail at both.")
    if request.POST.get("again"):
        _send_again(request, filing_id)
    return see(with_list(address_of(reference, position), filters_of(request)))


def _change(request: DeskRequest, filing_id: int) -> None:
    told_by = request.POST.get("channel", "")
    change_email(
        filing_id=filing_id,
        email=request.POST.get("email", ""),
        by=request.user,
        note=request.POST.get("note", "")[:LONGEST],
        channel=Channel(told_by) if told_by in TOLD_BY else Channel.PHONE,
        nonce=request.POST.get("nonce", "")[:64],
    )


def _send_again(request: DeskRequest, filing_id: int) -> None:
    note = request.POST.get("note", "")[:LONGEST]
    try:
        done = send_all_bounced(filing_id=filing_id, by=request.user, note=note)
    except Problem as problem:
        messages.error(request, f"It was not sent again yet: {problem}")
        return
    if done.sent < done.asked:
        messages.error(request, "It was not sent again yet. Try it under Remedies.")
    elif done.sent:
        messages.success(request, "The remedy is sent again, to the new address.")


def _form(
    request: DeskRequest,
    reference: str,
    position: int,
    filing_id: int,
    *,
    problem: Problem | None = None,
) -> HttpResponse:
    back = came_back(filing_id=filing_id, by=request.user)
    if back is None:
        raise Http404
    values = {
        "name": name_of(reference, position),
        "claim_url": with_list(address_of(reference, position), filters_of(request)),
        "back": back,
        "problem": problem,
        "typed": request.POST,
        "told_by": [(each.value, each.label) for each in TOLD_BY],
        "nonce": request.POST.get("nonce") or get_random_string(24),
    }
    return page(request, "claim_email.html", values, status=422 if problem else 200)
