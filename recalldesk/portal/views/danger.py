"""The page for a unit that is dangerous now, and what its owner tells of it.

Guarantees: whoever asks is shown at once what to do and whom to call, whatever is broken, over a
limit or sent from elsewhere; that somebody said so is kept before anything is asked; said or told
twice by one browser, it is one incident and one claim.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from recalldesk.checks.guard import admit
from recalldesk.claims.access import issue_pass
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.reads import called_by, is_untold
from recalldesk.portal.asking import serial_from
from recalldesk.portal.claiming.following_forms import TellForm
from recalldesk.portal.claiming.visitor import give_pass
from recalldesk.portal.emergency import emergency_numbers
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.hosts import host_of, is_here
from recalldesk.portal.reporting.tokens import (
    COOKIE,
    SAME_FOR,
    TOLD_FOR,
    Named,
    named_by,
    token_of,
)
from recalldesk.portal.same_origin import comes_from_here
from recalldesk.portal.subject import Subject, find_subject, subject_or_404
from recalldesk.portal.views.answering import KEPT_SECONDS, form_answer, page, refused
from recalldesk.portal.views.held_up import held_up
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, known_recalls

log = structlog.get_logger()
ENTERED_FOR = timedelta(minutes=15)
"""So long the form, sent again, leads to the claim that it made; later a mailed link does."""


@csrf_exempt
def danger(request: HttpRequest, slug: str = "", brand: str = "") -> HttpResponse:
    """What to do. A POST says that it is happening, or has happened."""
    if request.method not in ("GET", "HEAD", "POST"):
        return refused(request, "GET", "HEAD", "POST")
    try:
        subject = subject_or_404(slug, brand) if slug else None
    except DATABASE_AWAY:
        subject = None  # what to do does not wait for a database
    if request.method == "POST":
        return _said(request, subject)
    response = page(request, "danger.html", _values(subject))
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _said(request: HttpRequest, subject: Subject | None) -> HttpResponse:
    token = _kept(request, subject)
    response = _answer(request, subject, TellForm(recalls=_choices(request, subject)), token)
    if token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SAME_FOR.total_seconds()),
            secure=request.is_secure(),
            httponly=True,
            samesite="Strict",
        )
    return response


def _kept(request: HttpRequest, subject: Subject | None) -> str:
    """The token of the incident, which is kept now; empty where it could not be, or may not."""
    slug = subject.slug if subject else ""
    try:
        if not comes_from_here(request):
            return ""
        known = named_by(request.COOKIES.get(COOKIE, ""), SAME_FOR)
        if known and known.slug == slug and is_untold(known.incident_id):
            return known.token
        if not admit(request.META).is_admitted:
            return ""
        return _obtained(subject)
    except Exception as error:  # whatever it is, the steps and the phone are shown
        log.error("incident_not_kept", error=type(error).__name__)
        return ""


def _obtained(subject: Subject | None) -> str:
    incident = obtain_incident(
        live=subject.live if subject else None, language=get_language() or "en"
    )
    return token_of(incident.pk, subject)


def _steps_alone(request: HttpRequest) -> HttpResponse:
    """What a reload of the answer shows."""
    return danger(request)


@form_answer(_steps_alone)
def tell(request: HttpRequest) -> HttpResponse:
    """Keeps how to reach whoever said so, and leads to the claim that a person takes."""
    sent = request.POST
    named = named_by(sent.get("token", ""), TOLD_FOR)
    slug, brand = (named.slug, named.brand) if named else (sent.get("recall", ""), "")
    token = named.token if named else ""
    subject = None
    try:
        subject = find_subject(slug, brand or sent.get("brand", ""))
        form = TellForm(recalls=_choices(request, subject), data=sent)
        if named is None or not is_untold(named.incident_id):
            # Nothing was kept before: over the limit, without a database, or too long ago. Or it
            # was told already, and each time more is told the desk is written to.
            held = held_up(request, _fields(request), frame=_frame(request, subject))
            if held is not None:
                return held
        if named is None:
            token = _obtained(subject)
            named = named_by(token, TOLD_FOR)
            assert named is not None
        return _told(request, named, subject, form)
    except FieldsRefused as problem:
        form.show(problem)
    except DATABASE_AWAY:
        return _answer(request, subject, TellForm(recalls=(), data=sent), token, is_away=True)
    return _answer(request, subject, form, token)


def _told(
    request: HttpRequest, named: Named, subject: Subject | None, form: TellForm
) -> HttpResponse:
    chosen = subject or find_subject(form.text("product"))
    incident = tell_more(
        incident_id=named.incident_id,
        live=chosen.live if chosen else None,
        brand=chosen.brand.key if chosen else "",
        name=form.text("name"),
        contact=form.text("contact"),
        account=form.text("account"),
        serial=serial_from(request.POST, "serial"),
    )
    filing = incident.filing
    if filing is None:
        values = {
            "subject": chosen,
            "by": called_by(incident, known_recalls()),
            "token": named.token,
        }
        response = page(request, "danger_told.html", values, frame=_frame(request, chosen))
    else:
        response = _entered(request, filing)
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _entered(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Leads to the claim; later than a moment after, to the page that has a link mailed."""
    if filing.filed_at is None or clock.now() - filing.filed_at > ENTERED_FOR:
        return redirect("portal:come_back")
    response = redirect(reverse("portal:claim", args=[filing.key]) + "?sent")
    response.status_code = 303
    return give_pass(request, response, filing=filing, token=issue_pass(filing=filing))


def _answer(
    request: HttpRequest,
    subject: Subject | None,
    form: TellForm,
    token: str,
    *,
    is_away: bool = False,
) -> HttpResponse:
    """The page after it was said."""
    values = _values(subject) | {
        "form": form,
        "token": token,
        "is_said": True,
        "is_kept": bool(token),
        "is_away": is_away,
    }
    status = 503 if is_away else 422 if form.is_bound else 200
    response = page(request, "danger.html", values, frame=_frame(request, subject), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _values(subject: Subject | None) -> dict[str, Any]:
    recalls = [subject.live] if subject else _known()
    return {"subject": subject, "numbers": emergency_numbers(recalls)}


def _frame(request: HttpRequest, subject: Subject | None) -> Frame:
    """Its language links lead to the page that says what to do: the form is not sent again."""
    if subject is None:
        return general_frame(request, reverse("portal:danger_any"))
    return frame_of(request, subject, subject.danger_url)


def _known() -> list[LiveRecall]:
    try:
        return known_recalls()
    except DATABASE_AWAY:
        return []


def _choices(request: HttpRequest, subject: Subject | None) -> tuple[LiveRecall, ...]:
    """The recalls among which the owner may choose, those of the host's brands first: none where
    the page is about one."""
    host = host_of(request)
    return () if subject else tuple(sorted(_known(), key=lambda live: not is_here(live, host)))


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    names = ("token", "recall", "brand", "contact", "name", "account", "serial", "product")
    return [(name, request.POST[name]) for name in names if request.POST.get(name)]
