"""What an incident tells of people, in full; its photos; and what the desk learns of it.

Guarantee: health data is shown only after somebody said why, and the log has it; the reason and
what was seen stand in no address.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_forms import LearnForm
from recalldesk.console.incident_shown import address_of
from recalldesk.console.incident_words import CARES
from recalldesk.console.views.claim import picture_of
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.desk_lists import incident_exists
from recalldesk.incidents.desk_page import incident_seen
from recalldesk.incidents.errors import NoReasonGiven, NoSuchIncident
from recalldesk.incidents.looking import show_in_full, show_photo
from recalldesk.incidents.mending import learn
from recalldesk.recalls.reads import live_recall

WHY_SHOWN = (
    "To decide whether it is reported",
    "To write the report to the authority",
    "To call whoever told of it",
    "To compare two reports of one event",
)


@require_http_methods(["GET", "HEAD", "POST"])
def full(request: DeskRequest, number: int) -> HttpResponse:
    """Asks why, then shows it all."""
    values: dict[str, Any] = {"number": number, "suggested": WHY_SHOWN}
    status = 200
    try:
        if request.method == "POST":
            reason = request.POST.get("reason", "")
            found = show_in_full(number=number, by=request.user, reason=reason)
            values |= {
                "found": found,
                "hurt": [(CARES[each.care], each) for each in found.hurt],
                "photos": [
                    address_of(number, "incident_photo", photo=each) for each in found.photos
                ],
            }
        elif not incident_exists(number, by=request.user):
            raise Http404
    except NoReasonGiven:
        values["problem"], status = "Say why you look; it is kept in the log.", 422
    except NoSuchIncident as missing:
        raise Http404 from missing
    return page(request, "incidents/full.html", values, status=status)


@require_safe
def photo(request: DeskRequest, number: int, photo: int) -> HttpResponse:
    """The picture of a photo; the log says who looked."""
    try:
        return picture_of(show_photo(number=number, photo_id=photo, by=request.user))
    except NoSuchIncident as missing:
        raise Http404 from missing


@require_http_methods(["GET", "HEAD", "POST"])
def learn_more(request: DeskRequest, number: int) -> HttpResponse:
    """Adds what was learned."""
    try:
        seen = incident_seen(number, by=request.user)
    except NoSuchIncident as missing:
        raise Http404 from missing
    recall = seen.incident.recall
    live = live_recall(recall.slug) if recall else None
    form = LearnForm(live.document if live else None, request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            learn(
                number=number,
                story=form.story(),
                by=request.user,
                note=form.cleaned_data["note"],
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Kept, and added to what was told.")
            return HttpResponseRedirect(address_of(number), status=303)
    values = {"number": number, "form": form, "missing": seen.missing, "seen": seen}
    return page(request, "incidents/learn.html", values, status=422 if form.errors else 200)
