"""The page of one claim, its photos, and the ways to the claims beside it.

Guarantees: whoever may not see personal data gets none of it; a photo leaves only through a view
that asks who looks, and is kept by no cache; one that is taken as a file is in the log.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.claim_page import claim_page
from recalldesk.claims.desk.held_shown import held_shown
from recalldesk.claims.desk.like_claims import like_claims
from recalldesk.claims.desk.newer_shown import newer_shown
from recalldesk.claims.desk.opening import Look, open_claim
from recalldesk.claims.desk.page_values import ClaimPage
from recalldesk.claims.desk.personal import shown_photo_of, take_photo
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.kept import erased_filing
from recalldesk.claims.models import Claim
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_going import (
    address_in_list,
    beside_in_list,
    filters_of,
    place_of,
    see,
    to_queue,
    with_list,
)
from recalldesk.console.claim_newer import newer_on_page
from recalldesk.console.claim_shown import address_of, like_row, name_of
from recalldesk.console.claim_values import values_of
from recalldesk.evidence.errors import FileMissing, NoPicture, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import PICTURE_TYPE, picture_bytes
from recalldesk.foundation import clock
from recalldesk.foundation.page_policy import A_FILE, PAGE_THAT_SENDS
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.reads import INCIDENT_OF_CLAIM
from recalldesk.keeping.held import holds_in_force
from recalldesk.keeping.states import Thing
from recalldesk.keeping.stubs import erased_of, erasures_of

BESIDE = {
    "incident_number": INCIDENT_OF_CLAIM,
    "is_any_hold": Exists(holds_in_force()),
    "is_part_erased": erased_of(Thing.FILING, OuterRef("filing_id")),
}
"""Asked for with the claim, in the same statement."""
LONGEST_REASON = 300


@require_safe
def claim(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """The page."""
    return shown(request, reference, position)


def shown(
    request: DeskRequest,
    reference: str,
    position: int,
    *,
    problem: Problem | None = None,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    is_newer_shown: bool = False,
) -> HttpResponse:
    """The page, also with what could not be done and what was typed for it, and with what is newer
    than the ruling, which else the page asks for by itself."""
    try:
        found = claim_page(reference=reference, position=position, by=request.user, beside=BESIDE)
    except NoSuchClaim as missing:
        if (number := erased_filing(reference)) is not None:
            return redirect("console:erased", Thing.FILING, number)
        raise Http404 from missing
    came = newer_shown(claim_id=found.claim_id, by=request.user) if is_newer_shown else None
    newer = newer_on_page(came) if came else None
    values = values_of(found, request, _look(request, found), typed or {}, newer)
    values |= {"problem": problem, "incident": found.asked_beside["incident_number"]}
    if found.asked_beside["is_part_erased"]:
        number = Claim.objects.values_list("filing_id", flat=True).get(pk=found.claim_id)
        values |= {"erasures": erasures_of(Thing.FILING, number), "filing_number": number}
    if found.asked_beside["is_any_hold"]:
        values["held"] = held_shown(claim_id=found.claim_id, by=request.user)
    response = page(request, "claim.html", values, status=status)
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _look(request: DeskRequest, found: ClaimPage) -> Look | None:
    """Who is on the claim: whoever opens it and could decide it, unless somebody else is."""
    place = found.place
    until = place.looked_at_until
    if until and until > clock.now() and place.looker_id != request.user.pk:
        return Look(is_mine=False, name=place.looked_at_by, until=until)
    if not request.user.may(Permission.DECIDE_CLAIM) or found.allowed.is_barred:
        return None
    return open_claim(claim_id=found.claim_id, by=request.user)


def number_of(reference: str, position: int) -> int:
    """The number of a claim's row; raises Http404 where there is no such claim."""
    rows = Claim.objects.filter(filing__reference=reference, position=position)
    number = rows.values_list("pk", flat=True).first()
    if number is None:
        raise Http404
    return number


@require_safe
def photo(request: DeskRequest, reference: str, position: int, photo: int) -> HttpResponse:
    """The picture of a photo, to be looked at."""
    number = number_of(reference, position)
    try:
        return picture_of(shown_photo_of(claim_id=number, photo_id=photo, by=request.user))
    except NoSuchClaim as missing:
        raise Http404 from missing


@require_http_methods(["GET", "HEAD", "POST"])
def photo_taken(request: DeskRequest, reference: str, position: int, photo: int) -> HttpResponse:
    """Asks what for, then gives the same as a file; the log says both."""
    number = number_of(reference, position)
    try:
        if request.method != "POST":
            shown_photo_of(claim_id=number, photo_id=photo, by=request.user)
            return _why_taken(request, reference, position)
        reason = request.POST.get("reason", "")[:LONGEST_REASON]
        taken = take_photo(claim_id=number, photo_id=photo, by=request.user, reason=reason)
    except NoReason:
        words = "Say what it is for; it is kept in the log."
        return _why_taken(request, reference, position, problem=words)
    except NoSuchClaim as missing:
        raise Http404 from missing
    response = picture_of(taken)
    response["Content-Disposition"] = f'attachment; filename="{reference}-{position}-{photo}.jpg"'
    return response


def _why_taken(
    request: DeskRequest, reference: str, position: int, *, problem: str = ""
) -> HttpResponse:
    values = {
        "name": name_of(reference, position),
        "claim_url": with_list(address_of(reference, position), filters_of(request)),
        "problem": problem,
    }
    return page(request, "claim_photo_taken.html", values, status=422 if problem else 200)


def picture_of(found: Photo) -> HttpResponse:
    """The picture of a photo that may be shown to whoever asks. Raises Http404."""
    try:
        content = picture_bytes(found)
    except (NoPicture, FileMissing, StoreUnreachable) as problem:
        raise Http404 from problem
    response = HttpResponse(content, content_type=PICTURE_TYPE)
    response["Content-Disposition"] = "inline; filename=photo.jpg"
    response["Content-Security-Policy"] = A_FILE
    return response


@require_safe
def beside(request: DeskRequest, reference: str, position: int, way: str) -> HttpResponse:
    """Leads to the next claim of the list, or to the one before."""
    filters = filters_of(request)
    place = place_of(number_of(reference, position))
    row = beside_in_list(filters, place, by=request.user, is_backwards=way == "previous")
    if row is None:
        end = "first" if way == "previous" else "last"
        messages.info(request, f"{reference} was the {end} of this list.")
        return see(to_queue(filters))
    return see(address_in_list(row, filters))


@require_safe
def newer(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """What came up since the rule ruled: the claim page's script takes it from here."""
    try:
        found = newer_shown(claim_id=number_of(reference, position), by=request.user)
    except NoSuchClaim as missing:
        raise Http404 from missing
    claim_url = with_list(address_of(reference, position), filters_of(request))
    values = {"name": name_of(reference, position), "claim_url": claim_url}
    return page(request, "claim_newer.html", values | {"newer": newer_on_page(found)})


@require_safe
def like(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Photos of other claims that look like those of this one, beside each other."""
    try:
        found = like_claims(claim_id=number_of(reference, position), by=request.user)
    except NoSuchClaim as missing:
        raise Http404 from missing
    rows = [like_row(each, reference, position) for each in found]
    claim_url = with_list(address_of(reference, position), filters_of(request))
    values = {"name": name_of(reference, position), "claim_url": claim_url, "rows": rows}
    return page(request, "claim_like.html", values)
