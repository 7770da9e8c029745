"""A new owner whom no machine could write to was told by a person, who says so."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.errors import NotPermitted
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.views.wave_notices import notice_page
from recalldesk.console.waves_asked import wave_address, wave_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.answering.told_by_hand import NotTold, mark_told
from recalldesk.outreach.errors import NoSuchNotice
from recalldesk.outreach.reads.one_notice import notice_of
from recalldesk.outreach.states import ByHand


@require_http_methods(["GET", "HEAD", "POST"])
def wave_notice_told(request: DeskRequest, slug: str, number: int, notice: int) -> HttpResponse:
    """By POST it is kept; by GET the notice as it is."""
    wave = wave_or_404(slug, number)
    if request.method != "POST":
        return notice_page(request, wave, notice)
    try:
        found = notice_of(wave, notice)
        told = mark_told(notice_id=found.pk, by=request.user, **_sent(request))
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except NoSuchNotice as missing:
        raise Http404 from missing
    except Problem as problem:
        return notice_page(request, wave, notice, {"told_problem": problem}, status=422)
    messages.success(request, f"Told on {told.on:%d %B %Y}: {told.get_how_display().lower()}.")
    address = wave_address("wave_notice", wave, told.notice_id)
    return HttpResponseRedirect(address, status=303)


def _sent(request: DeskRequest) -> dict[str, Any]:
    how, on = request.POST.get("how", ""), request.POST.get("on", "")
    if how not in ByHand.values:
        raise NotTold("How were they told?", "Choose one of the ways.")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NotTold("On which day were they told?", "Give it as 2026-11-27.") from None
    return {"how": ByHand(how), "on": day, "note": request.POST.get("note", "")}
