"""Photos of what happened, added to a report that is kept already.

Guarantee: without photos the report is whole; one photo that is refused takes no other with it.
"""

from django.http import HttpRequest, HttpResponse

from recalldesk.evidence.states import PhotoKind
from recalldesk.incidents.reads import incident_numbered
from recalldesk.incidents.reporting import photos_for
from recalldesk.portal.claiming.sent_photos import (
    has_photos,
    receive_sent,
    takes_photos,
)
from recalldesk.portal.reporting.report import report
from recalldesk.portal.reporting.shown import told_page
from recalldesk.portal.reporting.tokens import TOLD_FOR, named_by
from recalldesk.portal.subject import find_subject
from recalldesk.portal.views.answering import form_answer


def _empty(request: HttpRequest) -> HttpResponse:
    """What a reload of the page shows."""
    return report(request)


@takes_photos
@form_answer(_empty)
def told(request: HttpRequest) -> HttpResponse:
    """Takes the photos, and shows what is kept; with no photos, that alone."""
    named = named_by(request.POST.get("token", ""), TOLD_FOR)
    incident = incident_numbered(named.incident_id) if named else None
    if named is None or incident is None:
        return report(request)
    subject = find_subject(named.slug, named.brand)
    if not has_photos(request):
        return told_page(request, incident, subject, asks_photo="send" in request.POST)
    evidence = photos_for(incident.pk)
    if evidence is None:
        return told_page(request, incident, subject)
    received = receive_sent(request, evidence, PhotoKind.OTHER)
    incident.refresh_from_db()
    return told_page(request, incident, subject, refused=received.refused)
