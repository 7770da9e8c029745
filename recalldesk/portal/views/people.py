"""The ways to a person: what cannot be read, and who wants to be told."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.outreach.errors import ContactProblem
from recalldesk.portal.asking import serial_from
from recalldesk.portal.frame import frame_of, general_frame
from recalldesk.portal.hints import readings_of
from recalldesk.portal.subject import find_subject, subject_or_404
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.portal.views.recalls import home

LONGEST_CONTACT = 254
MOST_WATCHED = 50
ASK = "ask"
"""Of a form in a frame, which asks for no contact there: the page that does."""


@public_page
def unreadable(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """What to try, and who decides when it cannot be read."""
    subject = subject_or_404(slug, brand)
    values = {"subject": subject, "readings": readings_of(subject.products)}
    return page(request, "unreadable.html", values)


@form_answer(home)
def tell_me(request: HttpRequest) -> HttpResponse:
    """Keeps the wish to be told when a recall grows; the same wish twice is one wish."""
    form = request.POST
    watched = [subject_or_404(slug) for slug in form.getlist("watch")[:MOST_WATCHED] or [""]]
    subject = find_subject(form.get("recall", ""), form.get("brand", ""))
    contact = form.get("contact", "").strip()[:LONGEST_CONTACT]
    values: dict[str, Any] = {
        "subject": subject,
        "watched": watched,
        "contact": contact,
        "serial": serial_from(form, "serial"),
    }
    home_address = reverse("portal:home")
    frame = (
        frame_of(request, subject, subject.recall_url)
        if subject
        else general_frame(request, home_address)
    )
    if ASK in form:
        return page(request, "tell_me.html", values, frame=frame)
    held = held_up(request, _sent(request), frame=frame, subject=subject)
    if held is not None:
        return held
    try:
        kept = ask_to_be_told(
            recall_slugs=[each.slug for each in watched],
            contact=contact,
            serial=values["serial"],
            language=get_language() or "en",
        )
    except ContactProblem as problem:
        values["problem"] = problem.kind.value
        return page(request, "tell_me.html", values, frame=frame, status=422)
    return page(request, "told.html", values | {"contact": kept}, frame=frame)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form, to be sent again; of one that came several times, each."""
    names = ("recall", "brand", "contact", "serial", "watch")
    return [(name, value) for name in names for value in request.POST.getlist(name)[:MOST_WATCHED]]
