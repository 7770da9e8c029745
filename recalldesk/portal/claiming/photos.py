"""The step of photos: what to write on the unit, and the pictures of it.

Guarantees: a photo is shown to whoever holds the filing's pass only; what is wrong with one takes
nothing from the others; whoever cannot take any goes on all the same.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.claims.access import mail_new_link
from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import say_no_photo
from recalldesk.claims.reads import FAILED_PHOTOS, evidence_of, photo_of
from recalldesk.cleaning.limits import MOST_BYTES, TYPES
from recalldesk.evidence.actions import remove_photo
from recalldesk.evidence.errors import FileMissing, NoPicture, Refusal, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import PICTURE_TYPE, photos_of, picture_bytes
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import KEPT, REFUSALS
from recalldesk.foundation.page_policy import A_FILE, PAGE_THAT_SENDS
from recalldesk.portal.claiming.photo_rows import field_of, problems_of, units_of_photos
from recalldesk.portal.claiming.script_answers import refused_answer, taken_answer
from recalldesk.portal.claiming.steps import (
    NO_PHOTO,
    anew,
    can_be_mailed,
    lead_on,
    see,
    step_page,
    step_values,
)
from recalldesk.portal.claiming.visitor import Visitor, claim_page
from recalldesk.portal.uploading.photos_busy import busy_answer, busy_page
from recalldesk.portal.uploading.receiving import (
    TOO_MUCH,
    Place,
    Received,
    Unreceived,
    few_at_once,
    receive_bare,
    receive_form,
)
from recalldesk.portal.views.answering import page
from recalldesk.recalls.document.remedy import Mark


@few_at_once(busy_page)
@step_page(Step.PHOTOS)
def photos(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What to write, and each photo that is asked; takes photos, also several at once."""
    if request.method != "POST":
        return _shown(request, visitor)
    try:
        received = receive_form(request, lambda name: _place(visitor, name))
    except RequestDataTooBig:
        received = Received(refused=[Unreceived("", "", TOO_MUCH)])
    _drop_failed(received)
    _do_as_asked(visitor, received)
    visitor = anew(visitor)
    leads_on, is_missing = "next" in received.fields, Step.PHOTOS in visitor.seen.missing
    if "later" in received.fields:
        return _later(visitor)
    if received.refused or (leads_on and is_missing):
        return _shown(request, visitor, received, show_missing=leads_on)
    if "no_photo" in received.fields and not is_missing:
        response = lead_on(visitor)
        response["Location"] += NO_PHOTO
        return response
    return lead_on(visitor) if leads_on else see(visitor.address("claim_photos"))


def _later(visitor: Visitor) -> HttpResponse:
    """Leads on without photos; the link for the phone goes out, or does with the contact."""
    if can_be_mailed(visitor.seen):
        mail_new_link(filing=visitor.filing)
    return lead_on(visitor)


def _place(visitor: Visitor, name: str) -> Place | None:
    """Where the photos of a field belong."""
    meant = field_of(name)
    if meant is None:
        return None
    kind, position = meant
    evidence_set = evidence_of(visitor.filing, position)
    return Place(evidence_set, kind) if evidence_set else None


def _drop_failed(received: Received) -> None:
    """A new photo takes the place of one of its kind that was of no use."""
    for _, new in received.photos:
        drop_failed_beside(new)


def drop_failed_beside(new: Photo) -> None:
    """Removes the useless photos of the set that a new one of their kind came into."""
    for photo in photos_of(new.evidence_set):
        if photo.kind == new.kind and photo.pk != new.pk and photo.state in FAILED_PHOTOS:
            remove_photo(photo=photo)


def _do_as_asked(visitor: Visitor, received: Received) -> None:
    """Removes photos, and notes of which unit there can be none."""
    for said in received.fields.getlist("remove"):
        photo = photo_of(visitor.filing, int(said)) if _is_id(said) else None
        if photo is not None and not remove_photo(photo=photo):
            received.refused.append(Unreceived("", "", KEPT))
    for field, cannot in (("no_photo", True), ("can_photo", False)):
        for said in received.fields.getlist(field):
            if _is_id(said):
                say_no_photo(
                    filing_id=visitor.filing.pk, position=int(said), cannot_photograph=cannot
                )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _shown(
    request: HttpRequest,
    visitor: Visitor,
    received: Received | None = None,
    *,
    show_missing: bool = False,
) -> HttpResponse:
    refused = received.refused if received else []
    units = units_of_photos(visitor, refused, show_missing=show_missing)
    values = step_values(request, visitor, Step.PHOTOS) | {
        "units": units,
        "action": visitor.address("claim_photos"),
        "unit_url": visitor.address("claim_unit"),
        "state_url": visitor.address("claim_photos_state"),
        "has_name": Mark.NAME in visitor.seen.document.evidence.marks,
        "has_code": Mark.CODE in visitor.seen.document.evidence.marks,
        "has_label": any(row.kind == PhotoKind.LABEL and row.is_done for row in units[0].rows),
        "problems": problems_of(units, refused),
        "types": ",".join(TYPES),
        "most_bytes": MOST_BYTES,
    }
    status = 422 if received is not None else 200
    response = page(
        request, "claims/photos.html", values, frame=visitor.frame(request), status=status
    )
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


@few_at_once(busy_answer)
@step_page(Step.PHOTOS)
def receive(request: HttpRequest, visitor: Visitor, position: int, kind: str) -> HttpResponse:
    """One photo that the page's script sends by itself; what came of it, as JSON."""
    place = _place(visitor, f"{kind}-{position}")
    if place is None or request.method != "POST":
        raise Http404(kind)
    try:
        outcome = receive_bare(request, place)
    except RequestDataTooBig:
        outcome = REFUSALS[Refusal.TOO_LARGE]
    if not isinstance(outcome, Photo):
        return refused_answer(outcome)
    drop_failed_beside(outcome)
    return taken_answer(visitor, outcome)


@claim_page()
def picture(request: HttpRequest, visitor: Visitor, photo_id: int) -> HttpResponse:
    """The copy of a photo that was drawn anew, for whoever holds the pass."""
    photo = photo_of(visitor.filing, photo_id)
    try:
        if photo is None:
            raise NoPicture
        content = picture_bytes(photo)
    except (NoPicture, FileMissing, StoreUnreachable) as problem:
        raise Http404(photo_id) from problem
    response = HttpResponse(content, content_type=PICTURE_TYPE)
    response["Content-Disposition"] = "inline; filename=photo.jpg"
    response["Content-Security-Policy"] = A_FILE
    return response
