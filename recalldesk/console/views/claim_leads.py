"""What somebody found of a claim that later ones led to after its remedy was ordered."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.claims.desk.late_leads import LOGGED, close_leads
from recalldesk.claims.states import LeadState
from recalldesk.console.access import DeskRequest
from recalldesk.console.claim_going import filters_of, see, with_list
from recalldesk.console.claim_shown import address_of
from recalldesk.console.views.claim import number_of
from recalldesk.console.views.claim_deciding import refused
from recalldesk.foundation.problem import Problem

FOUND = {each.value: each for each in LOGGED}


@require_POST
def found(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Keeps what was found, of the leads that stood on the page."""
    number, asked = number_of(reference, position), request.POST.get("do", "")
    if asked not in FOUND:
        raise Http404
    seen = [int(each) for each in request.POST.getlist("lead") if each.isdecimal()]
    try:
        close_leads(
            claim_id=number,
            by=request.user,
            found=LeadState(asked),
            seen=seen,
            note=request.POST.get("note", ""),
        )
    except Problem as problem:
        return refused(request, reference, position, problem)
    messages.success(request, f"{reference}: {FOUND[asked].label.lower()}. It stands in the log.")
    return see(with_list(address_of(reference, position), filters_of(request)))
