"""An owner tells what happened: the page, one more person or thing, and the sending.

Guarantees: what is sent is kept at once, with the moment, also where something in it is not right
yet; one form is one incident, however often it is sent, and that of the danger page where it was
told there; whatever is broken, what was typed is shown again, with what to do.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.incidents.actions import Teller, teller_of
from recalldesk.incidents.form_reading import Row
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reads import has_claim, of_claim, waits_for_form
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.story import Story
from recalldesk.portal.claiming.visitor import Visitor, filed_page
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.hosts import host_of, is_here
from recalldesk.portal.reporting.form import ReportForm, with_one_more
from recalldesk.portal.reporting.shown import told_page
from recalldesk.portal.reporting.tokens import COOKIE, SAME_FOR, TOLD_FOR, named_by, token_of
from recalldesk.portal.subject import Subject, find_subject, subject_or_404
from recalldesk.portal.views.answering import form_answer, page
from recalldesk.portal.views.held_up import held_up
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, known_recalls

log = structlog.get_logger()
LONGEST_NONCE = 32
DO = "do"
OPEN = "open"
"""Of a button on another page: the form is shown, for the incident of the token."""


def nonce_in(request: HttpRequest) -> str:
    """The random number of the form that was sent; empty where none was."""
    return request.POST.get("nonce", "")[:LONGEST_NONCE]


@dataclass(frozen=True)
class Place:
    """From where it is told: a page of a recall, of none, or of the visitor's claim."""

    request: HttpRequest
    subject: Subject | None
    action: str
    visitor: Visitor | None = None

    @cached_property
    def incident_id(self) -> int | None:
        """The incident that is known already."""
        if self.visitor is not None:
            return of_claim(self.visitor.filing.pk)
        named = named_by(self.request.POST.get("token", ""), TOLD_FOR)
        if named is None:
            named = named_by(self.request.COOKIES.get(COOKIE, ""), SAME_FOR)
            if named and not (
                named.slug == (self.subject.slug if self.subject else "")
                and waits_for_form(named.incident_id, nonce_in(self.request))
            ):
                named = None
        return named.incident_id if named else None

    @property
    def frame(self) -> Frame:
        """Its language links lead to the empty form: nothing is sent again."""
        if self.subject is None:
            return general_frame(self.request, self.action)
        return frame_of(self.request, self.subject, self.action)

    @property
    def recalls(self) -> tuple[LiveRecall, ...]:
        """Those among which the owner may choose, those of the host's brands first."""
        if self.subject is not None:
            return ()
        host = host_of(self.request)
        try:
            return tuple(sorted(known_recalls(), key=lambda live: not is_here(live, host)))
        except DATABASE_AWAY:
            return ()

    def form(self, *, asks_contact: bool = True, **sent: Any) -> ReportForm:
        """The form of this place."""
        return ReportForm(
            subject=self.subject,
            recalls=self.recalls,
            asks_contact=asks_contact and self.visitor is None,
            **sent,
        )


def _asking(request: HttpRequest, slug: str = "", brand: str = "") -> HttpResponse:
    """The empty form. It names itself anew each time, so nobody keeps it."""
    return _show(_place(request, slug, brand))


@form_answer(_asking)
def report(request: HttpRequest, slug: str = "", brand: str = "") -> HttpResponse:
    """Does what the button says: one more row, or the sending."""
    return _answer(_place(request, slug, brand))


@filed_page(posts=True)
def claim_report(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The same from the page of a claim: it is told of that claim's unit."""
    place = Place(request, visitor.subject, visitor.address("claim_incident"), visitor)
    return _answer(place) if request.method == "POST" else _show(place)


def _place(request: HttpRequest, slug: str, brand: str) -> Place:
    try:
        subject = subject_or_404(slug, brand) if slug else None
    except DATABASE_AWAY:
        subject = None  # this process never read any recall
    return Place(request, subject, request.path if slug else reverse("portal:incident_any"))


def _answer(place: Place) -> HttpResponse:
    sent = place.request.POST
    does = sent.get(DO, "")
    if does == OPEN:
        return _show(place)
    if does in {row.value for row in Row}:
        return _show(place, place.form(data=with_one_more(sent, Row(does))))
    return _send(place)


def _send(place: Place) -> HttpResponse:
    form = place.form(data=place.request.POST)
    try:
        held = held_up(place.request, _fields(place.request), frame=place.frame)
        if held is not None:
            return held
        return _take(place, form)
    except Exception as error:  # whatever it is, nothing that was typed is lost
        log.error("incident_report_not_kept", error=type(error).__name__)
        return _show(place, form, status=503, is_away=True)


def _take(place: Place, form: ReportForm) -> HttpResponse:
    read = form.read()
    problems = dict(read.problems)
    teller = _teller(form, problems)
    kept: Incident | None = None
    if read.tells or teller is not None:
        try:
            # Where only the way to reach the teller is wrong, all that is told is right: who was
            # hurt is kept, also of somebody who leaves now; the same again adds nobody.
            kept = _keep(place, form, read.certain if read.problems else read.story, teller)
        except FieldsRefused as refused:
            problems |= refused.fields
    if problems or kept is None:
        form.show(FieldsRefused(problems))
        return _show(place, form, status=422, kept=kept)
    return told_page(place.request, kept, place.subject or _subject_of(form))


def _subject_of(form: ReportForm) -> Subject | None:
    return find_subject(form.chosen.slug) if form.chosen else None


def _keep(place: Place, form: ReportForm, story: Story, teller: Teller | None) -> Incident:
    return take_report(
        live=form.chosen,
        language=get_language() or "en",
        story=story,
        teller=teller,
        nonce=nonce_in(place.request),
        incident_id=place.incident_id,
        filing_id=place.visitor.filing.pk if place.visitor else None,
    )


def _teller(form: ReportForm, problems: dict[str, FieldProblem]) -> Teller | None:
    """Who tells, where they gave a way to be reached."""
    if not form.text("contact"):
        return None
    try:
        return teller_of(name=form.text("name"), contact=form.text("contact"), live=form.chosen)
    except FieldsRefused as refused:
        problems |= refused.fields
        return None


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """All that was typed, to be sent again with a proof."""
    sent = request.POST.dict()
    return [(name, str(value)) for name, value in sent.items() if value and name != "proof"]


def _show(
    place: Place,
    form: ReportForm | None = None,
    *,
    status: int = 200,
    kept: Incident | None = None,
    is_away: bool = False,
) -> HttpResponse:
    sent = place.request.POST
    values: Mapping[str, Any] = {
        "subject": place.subject,
        "form": form or place.form(asks_contact=not _is_reached(place)),
        "action": place.action,
        "nonce": nonce_in(place.request) or secrets.token_urlsafe(16),
        "token": token_of(kept.pk, place.subject) if kept else sent.get("token", ""),
        "is_kept": kept is not None,
        "is_away": is_away,
        "is_added": bool(sent.get("token")),
        "visitor": place.visitor,
    }
    response = page(
        place.request, "reporting/report.html", dict(values), frame=place.frame, status=status
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_reached(place: Place) -> bool:
    """Whether a claim says how to reach whoever tells."""
    try:
        return place.incident_id is not None and has_claim(place.incident_id)
    except DATABASE_AWAY:
        return False
