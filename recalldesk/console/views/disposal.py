"""How units were got rid of: photos that a person looks at, and what owners told the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.disposing import (
    PAGE,
    accept_proof,
    note_told,
    proofs_waiting,
    refuse_proof,
)
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_going import filters_of, see, with_list
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.views.claim import number_of
from recalldesk.console.views.claim_deciding import refused
from recalldesk.foundation.problem import Problem


@require_safe
def proofs(request: DeskRequest) -> HttpResponse:
    """The photos that wait for a person."""
    after = request.GET.get("after", "")
    known = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
    found = proofs_waiting(by=request.user, after=known)
    may_see = request.user.may(Permission.SEE_PERSONAL)
    rows = [
        {
            "proof": each,
            "name": name_of(each.reference, each.position),
            "url": address_of(each.reference, each.position),
            "photo_url": address_of(
                each.reference, each.position, "claim_photo", photo=each.photo_id
            )
            if may_see
            else "",
        }
        for each in found
    ]
    further = found[-1].claim_id if len(found) == PAGE else None
    return page(request, "proofs.html", {"rows": rows, "further": further})


@require_POST
def disposal(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """What is said of how a unit was got rid of, by one of the buttons of its claim's page."""
    number, asked = number_of(reference, position), request.POST.get("do", "")
    words = request.POST.get("words", "")
    try:
        if asked == "accept":
            accept_proof(claim_id=number, by=request.user, note=words)
            said = "The photo is accepted."
        elif asked == "refuse":
            refuse_proof(claim_id=number, by=request.user, words=words)
            said = "The owner is asked for another photo."
        else:
            note_told(claim_id=number, by=request.user, no_site=asked == "no_site", note=words)
            said = "It is noted; no remedy waits for it."
    except Problem as problem:
        return refused(request, reference, position, problem)
    messages.success(request, said)
    return see(with_list(address_of(reference, position), filters_of(request)))
