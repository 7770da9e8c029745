"""A claim is begun: from an answer to a check, or from the recall's page.

Guarantees: nothing is kept before the first answer; whoever begins is charged as for a check, so
that nobody makes drafts by the million; a serial is never in an address.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.claims.drafting import expect_label, give_units, open_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.privacy import privacy_notice
from recalldesk.claims.reads import seen_filing
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import in_one
from recalldesk.foundation.page_policy import PAGE_THAT_IS_SOUGHT
from recalldesk.portal.claiming.label import FIELD as LABEL
from recalldesk.portal.claiming.next_page import page_after_units
from recalldesk.portal.claiming.sent_photos import takes_photos
from recalldesk.portal.claiming.steps import progress_at_start, see
from recalldesk.portal.claiming.unit import unit_page
from recalldesk.portal.claiming.unit_pages import (
    Amiss,
    asks_again,
    nothing_given,
    several_page,
    told_page,
    unit_values,
)
from recalldesk.portal.claiming.units_given import (
    Given,
    given_in,
    has_too_many,
    is_asked,
    told_of,
)
from recalldesk.portal.claiming.visitor import give_pass, visitor_with
from recalldesk.portal.frame import frame_of
from recalldesk.portal.photo_choosing import NO_PHOTO
from recalldesk.portal.subject import Subject, subject_or_404
from recalldesk.portal.uploading.receiving import TOO_MANY_OF_ONE, Place, receive_charged
from recalldesk.portal.uploading.upload_limits import may_send_photo
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.recalls.reads import published_document


@public_page
def _asking(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """The page that asks for the unit, or with `?several` for several. A search leads to the
    notice, which says what is recalled, and not into this form."""
    subject = subject_or_404(slug, brand)
    values = _values(subject)
    if "several" in request.GET:
        response = several_page(request, values)
    else:
        response = page(request, "claims/unit.html", values)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = PAGE_THAT_IS_SOUGHT
    return response


def _values(subject: Subject) -> dict[str, object]:
    progress = progress_at_start(subject.document)
    begin_url = subject.begin_url
    return unit_values(subject) | {
        "progress": progress,
        "action": begin_url,
        "label_action": begin_url,
        "is_typed": False,
    }


@takes_photos
@form_answer(_asking)
def begin(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """Makes the draft, or asks what should be looked at first."""
    subject = subject_or_404(slug, brand)
    given = given_in(request.POST, subject)
    frame = asks_again(frame_of(request, subject, subject.begin_url), given)
    values = _values(subject) | {"given": given}
    if LABEL in request.FILES or "photo" in request.POST:
        return _by_photo(request, subject, given, values)
    if given.wants_list:
        return several_page(request, values, frame=frame)
    if given.is_empty:
        return nothing_given(request, values, given, frame=frame)
    if has_too_many(given):
        return several_page(request, values, frame=frame, amiss=Amiss.TOO_MANY)
    held = held_up(request, given.fields, frame=frame, subject=subject)
    if held is not None:
        return held
    told = told_of(given, subject) if is_asked(given) else None
    if told is not None:
        return told_page(request, values, given, told, frame=frame)
    filing, token = _opened(subject, given)
    return give_pass(request, _led_on(filing, given), filing=filing, token=token)


def _by_photo(
    request: HttpRequest, subject: Subject, given: Given, values: dict[str, object]
) -> HttpResponse:
    """The draft of whoever sent a photo of the label, who is charged for the photo. Where it is
    not taken the draft stays, and waits for another.
    """
    upload = next(iter(request.FILES.getlist(LABEL)), None)
    refused = None if upload else NO_PHOTO
    if upload and not may_send_photo(request.META):
        refused = TOO_MANY_OF_ONE
    if upload is None or refused is not None:
        values["refused"] = in_one(refused or NO_PHOTO)
        return page(request, "claims/unit.html", values, status=422)
    filing, token = open_filing(
        live=subject.live,
        brand=subject.brand.key,
        language=get_language() or "en",
        country=given.asked.country,
    )
    place = Place(expect_label(filing_id=filing.pk), PhotoKind.LABEL)
    outcome = receive_charged(place, upload.chunks())
    visitor = visitor_with(filing.key, token)
    assert visitor is not None
    if isinstance(outcome, Photo):
        response = see(visitor.address("claim_label"))
    else:
        response = unit_page(request, visitor, refused=outcome)
    return give_pass(request, response, filing=filing, token=token)


@transaction.atomic
def _opened(subject: Subject, given: Given) -> tuple[Filing, str]:
    filing, token = open_filing(
        live=subject.live,
        brand=subject.brand.key,
        language=get_language() or "en",
        country=given.asked.country,
    )
    give_units(
        filing_id=filing.pk,
        serials=given.serials,
        reading=given.unit_reading,
        product=given.product,
        variant=given.asked.variant,
    )
    return filing, token


def _led_on(filing: Filing, given: Given) -> HttpResponse:
    name, query = page_after_units(seen_filing(filing), given)
    return see(reverse(f"portal:{name}", args=[filing.key]) + query)


@public_page
def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """The privacy notice of a recall; `version` names one that a claim was begun under."""
    subject = subject_or_404(slug)
    document = published_document(subject.live.recall_id, request.GET.get("version", ""))
    values = {"subject": subject, "paragraphs": privacy_notice(document or subject.document)}
    return page(request, "claims/privacy.html", values)
