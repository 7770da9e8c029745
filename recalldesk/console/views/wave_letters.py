"""The letters of a wave: print files made, taken out, posted or put back; and what came back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_long_forms
from recalldesk.console.wave_papers_asked import file_named
from recalldesk.console.waves_asked import wave_or_404
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.letters.contents import take_addresses, take_pdf
from recalldesk.outreach.letters.files import make_letter_file, mark_posted, put_back
from recalldesk.outreach.letters.reads import letters_of_wave
from recalldesk.outreach.letters.returned import letters_came_back, lines_in
from recalldesk.outreach.letters.typesetting import MOST_LETTERS
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveState, Withheld

PAPERS = {Paper.LETTER.value: Paper.LETTER, Paper.A4.value: Paper.A4}


@require_safe
def wave_letters(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The print files of a wave, and what waits."""
    return _shown(request, wave_or_404(slug, number))


def _shown(
    request: DeskRequest, wave: Wave, problem: Problem | None = None, *, status: int = 200
) -> HttpResponse:
    letters = letters_of_wave(wave, by=request.user)
    user = request.user
    may_write = user.may(Permission.WRITE_WAVES) and user.may(Permission.SEE_PERSONAL)
    values: dict[str, Any] = {
        "wave": wave,
        "letters": letters,
        "waiting": [(each, count) for each, count in letters.waiting.items() if count],
        "withheld": [
            (Withheld(why).label if why else "Not said why", count)
            for why, count in letters.withheld.items()
        ],
        "is_at_work": wave.state == WaveState.SENDING,
        "may_write": may_write,
        "may_enter": user.may(Permission.CALL_PURCHASERS),
        "most": f"{MOST_LETTERS:,}",
        "today": clock.now().date().isoformat(),
        "problem": problem,
    }
    return page(request, "waves/letters.html", values, status=status)


def _done(
    request: DeskRequest, wave: Wave, does: Callable[[], str], *, anchor: str = ""
) -> HttpResponse:
    """Does it and shows the page anew, or says what is wrong."""
    try:
        messages.success(request, does())
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _shown(request, wave, problem, status=422)
    address = reverse("console:wave_letters", args=[wave.recall.slug, wave.number])
    return HttpResponseRedirect(address + anchor, status=303)


@require_POST
def letters_make(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The next print file."""
    wave = wave_or_404(slug, number)
    paper = PAPERS.get(request.POST.get("paper", ""), Paper.A4)

    def make() -> str:
        file = make_letter_file(wave=wave, paper=paper, by=request.user)
        if file is None:
            return f"No letter on {paper.shown} waits that is to be printed."
        return f"Print file {file.number} is made: {file.letters:,} letters on {paper.shown}."

    return _done(request, wave, make)


@require_POST
def letters_take(request: DeskRequest, slug: str, number: int, file: int) -> HttpResponseBase:
    """The PDF, or the list of addresses."""
    wave = wave_or_404(slug, number)
    found = file_named(wave, file)
    form, reason = request.POST.get("form", ""), request.POST.get("reason", "")
    try:
        if form in SheetForm.values:
            made = take_addresses(file=found, by=request.user, reason=reason, form=SheetForm(form))
            response: HttpResponseBase = StreamingHttpResponse(
                made.parts, content_type=made.content_type
            )
            name = made.name
        else:
            response = HttpResponse(
                take_pdf(file=found, by=request.user, reason=reason),
                content_type="application/pdf",
            )
            name = f"letters-{slug}-{number}-{file}.pdf"
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _shown(request, wave, problem, status=422)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def letters_posted(request: DeskRequest, slug: str, number: int, file: int) -> HttpResponse:
    """A file was given to the post."""
    wave = wave_or_404(slug, number)
    found = file_named(wave, file)

    def post() -> str:
        on = _day(request.POST.get("on", ""))
        count = mark_posted(file_id=found.pk, on=on, by=request.user)
        return f"Print file {file} is posted: {count:,} letters count as sent on {on}."

    return _done(request, wave, post)


@require_POST
def letters_put_back(request: DeskRequest, slug: str, number: int, file: int) -> HttpResponse:
    """A file was made by mistake."""
    wave = wave_or_404(slug, number)
    found = file_named(wave, file)

    def back() -> str:
        count = put_back(file_id=found.pk, by=request.user)
        return f"Print file {file} is put back: {count:,} letters wait again."

    return _done(request, wave, back)


@takes_long_forms
@require_http_methods(["GET", "HEAD", "POST"])
def letters_returned(request: DeskRequest) -> HttpResponse:
    """What the post brought back, by the references on the letters."""
    values: dict[str, Any] = {}
    if request.method == "POST":
        found = letters_came_back(lines_in(request.POST.get("references", "")), by=request.user)
        values = {"found": found, "again": "\n".join(each.text for each in found.rejects)}
    return page(request, "waves/returned.html", values)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem("On which day was it posted?", "Give the day.") from None
