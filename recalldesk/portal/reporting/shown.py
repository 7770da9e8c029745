"""The page after an owner told what happened: what is kept, who gets in touch, what comes next."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from recalldesk.claims.states import UnitReading
from recalldesk.cleaning.limits import TYPES
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.states import PhotoState
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reads import called_by, is_reached, serial_of
from recalldesk.incidents.states import Happened, HasUnit
from recalldesk.incidents.story import damaged_of, hurt_of
from recalldesk.portal.claiming.sent_photos import RefusedFile
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.reporting.authorities import authorities_of
from recalldesk.portal.reporting.tokens import token_of
from recalldesk.portal.subject import Subject
from recalldesk.portal.views.answering import page
from recalldesk.recalls.reads import known_recalls

DAMAGING = frozenset(
    {Happened.EXPLOSION, Happened.FIRE, Happened.SMOKE, Happened.HEAT, Happened.LEAK}
)
NOT_KEPT = frozenset({PhotoState.UNUSABLE, PhotoState.INFECTED})


def told_page(
    request: HttpRequest,
    incident: Incident,
    subject: Subject | None,
    *,
    refused: tuple[RefusedFile, ...] = (),
    asks_photo: bool = False,
) -> HttpResponse:
    """The page. It counts who was hurt and what was damaged, and repeats no word of it."""
    token = token_of(incident.pk, subject)
    recalls = [subject.live] if subject else known_recalls()
    values: dict[str, Any] = {
        "subject": subject,
        "incident": incident,
        "token": token,
        "hurt": len(hurt_of(incident)),
        "damaged": len(damaged_of(incident)),
        "by": called_by(incident, recalls) if is_reached(incident) else None,
        "has_it": incident.has_unit == HasUnit.YES,
        "photos": _kept_photos(incident),
        **_damaged_unit(incident, subject),
        "takes_photos": incident.recall_id is not None,
        "refused": refused,
        "is_empty": asks_photo,
        "types": ",".join(TYPES),
        "claim_fields": _claim_fields(incident),
        "authorities": authorities_of([live.document for live in recalls]) if subject else (),
        "form_url": subject.incident_url if subject else reverse("portal:incident_any"),
    }
    status = 422 if refused or asks_photo else 200
    response = page(
        request,
        "reporting/told.html",
        values,
        frame=_frame(request, subject, token),
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest, subject: Subject | None, token: str) -> Frame:
    """Its other languages are asked for by sending the token again."""
    address = reverse("portal:incident_told")
    frame = frame_of(request, subject, address) if subject else general_frame(request, address)
    return replace(frame, asked=(("token", token),))


def _claim_fields(incident: Incident) -> tuple[tuple[str, str], ...]:
    """What is known of the unit, for the claim that is begun from the page; a serial is looked up
    there, and stands in no address."""
    serial = serial_of(incident)
    is_gone = not serial and incident.has_unit in (HasUnit.NO, HasUnit.ELSEWHERE)
    known = {
        "serial": serial,
        "reading": str(UnitReading.GONE) if is_gone else "",
        "product": incident.product_key,
        "country": incident.country,
    }
    if not (serial or is_gone):
        return ()  # a form with no unit in it would be answered as one that lacks it
    return tuple((name, value) for name, value in known.items() if value)


def _damaged_unit(incident: Incident, subject: Subject | None) -> dict[str, Any]:
    """Of a battery that did harm nobody reads how a sound one is kept: that would have them touch
    it."""
    if subject is None or subject.document.danger or incident.happened not in DAMAGING:
        return {"is_damaged": False}
    country = incident.country or subject.document.countries[0]
    return {
        "is_damaged": True,
        "said_of_damaged": subject.document.disposal.guidance_of_damaged(country),
    }


def _kept_photos(incident: Incident) -> int:
    """How many photos there are; a file that turned out to be none is not one of them."""
    sent = photos_of(incident.evidence) if incident.evidence else []
    return sum(photo.state not in NOT_KEPT for photo in sent)
