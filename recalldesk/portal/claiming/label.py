"""A claim that begins with a photo of the label: what is read from it, for the owner to confirm.

Guarantees: no job is waited for: the page says how far it is, and the number can be typed at any
time; what was read is asked about like a typed serial, and only once its owner says that it is it.
"""

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import expect_label
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation.page_policy import PAGE_THAT_SENDS
from recalldesk.portal.claiming.label_shown import LabelState, label_shown
from recalldesk.portal.claiming.photos import drop_failed_beside
from recalldesk.portal.claiming.sent_photos import takes_photos
from recalldesk.portal.claiming.steps import see, step_page, step_url, step_values
from recalldesk.portal.claiming.unit import unit_page
from recalldesk.portal.claiming.unit_pages import unit_values
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.photo_choosing import NO_PHOTO
from recalldesk.portal.uploading.receiving import Place, receive_one
from recalldesk.portal.views.answering import page

FIELD = "label"
"""Of the photo in its form."""


@takes_photos
@step_page(Step.UNIT)
def label(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What was read in the photo; takes another one."""
    if request.method == "POST":
        return _taken(request, visitor)
    shown = label_shown(visitor)
    if shown is None:
        return see(step_url(visitor, Step.UNIT))
    values = unit_values(visitor.subject) | step_values(request, visitor, Step.UNIT)
    values |= {
        "label": shown,
        "given_serial": visitor.seen.units[0].serial,
        "action": visitor.address("claim_unit"),
        "label_action": visitor.address("claim_label"),
        "privacy_url": visitor.privacy_url,
        "is_waiting": shown.state in (LabelState.WAITS, LabelState.SLOW),
        "state_url": visitor.address("claim_photos_state"),
    }
    response = page(request, "claims/label.html", values, frame=visitor.frame(request))
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _taken(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    uploads = request.FILES.getlist(FIELD)
    if not uploads:
        return unit_page(request, visitor, refused=NO_PHOTO)
    place = Place(expect_label(filing_id=visitor.filing.pk), PhotoKind.LABEL)
    for upload in uploads:
        outcome = receive_one(request, place, upload.chunks())
        if not isinstance(outcome, Photo):
            return unit_page(request, visitor, refused=outcome)
        drop_failed_beside(outcome)
    return see(visitor.address("claim_label"))
