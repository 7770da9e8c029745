"""Calls to purchasers: which wait, the next one, what to say, what came of it.

Guarantees: a number stands in full only for its caller, after they asked for it, and in no address;
a button pressed twice does its work once.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.sent_back import read_sent
from recalldesk.console.wave_papers_asked import LARGEST
from recalldesk.console.waves_asked import wave_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.answering.next_owner import next_owner_in
from recalldesk.outreach.answering.passing_on import name_next_owner
from recalldesk.outreach.calling.call_centre import (
    LONGEST_DAYS,
    USUAL_DAYS,
    read_outcomes,
    take_call_list,
)
from recalldesk.outreach.calling.claiming import mark_of
from recalldesk.outreach.calling.errors import CallRefused, NoSuchCall
from recalldesk.outreach.calling.outcomes import MOST_TRIES, record_call
from recalldesk.outreach.calling.reads import CallShown, call_shown, calls_that_wait
from recalldesk.outreach.calling.taking import leave_call, show_number, take_next_call
from recalldesk.outreach.models import Answer
from recalldesk.outreach.reading_back import ReadBack
from recalldesk.outreach.states import AnswerKind, CallOutcome
from recalldesk.purchasers.models import Purchaser
from recalldesk.sealing.fields_of_rows import opened

ANSWERS = (
    (AnswerKind.DONE_ALREADY, "Did it already"),
    (AnswerKind.SOLD, "Sold it, or gave it away"),
    (AnswerKind.THREW_AWAY, "Threw it away"),
    (AnswerKind.NOT_MINE, "Did not buy it"),
)
HELP: dict[CallOutcome, str] = {
    CallOutcome.TOLD: "They heard it in person.",
    CallOutcome.MESSAGE_LEFT: "On a machine, or with somebody who passes it on.",
    CallOutcome.NO_ANSWER: f"Tried again on another day; given up after {MOST_TRIES} days.",
    CallOutcome.LATER: "Say when, below.",
    CallOutcome.WRONG_NUMBER: "Nobody calls it again.",
    CallOutcome.NOTHING_MORE: "No more calls or texts to this number in this recall.",
}


@require_safe
def calls(request: DeskRequest) -> HttpResponse:
    """The waves whose calls wait."""
    return _list(request)


@require_safe
def wave_calls(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The calls of one wave."""
    wave = wave_or_404(slug, number)
    rows = [each for each in calls_that_wait(by=request.user) if each.wave.pk == wave.pk]
    return _list(request, {"rows": rows, "of_wave": wave})


def _list(
    request: DeskRequest, more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    user = request.user
    values: dict[str, Any] = {
        "rows": calls_that_wait(by=user),
        "may_hand_out": user.may(Permission.WRITE_WAVES) and user.may(Permission.SEE_PERSONAL),
        "usual_days": USUAL_DAYS,
        "longest_days": LONGEST_DAYS,
        "forms": SheetForm.choices,
        "outcomes": ", ".join(str(each.value) for each in CallOutcome),
    }
    return page(request, "calls/list.html", values | (more or {}), status=status)


@require_POST
def call_next(request: DeskRequest) -> HttpResponse:
    """The next call, now the caller's; of one wave, or of all."""
    slug, number = request.POST.get("recall", ""), request.POST.get("wave", "")
    is_named = slug and number.isascii() and number.isdecimal() and len(number) < 10
    wave = wave_or_404(slug, int(number)) if is_named else None
    found = take_next_call(by=request.user, wave=wave)
    if found is None:
        messages.info(request, "Nobody is to be called at this moment: see when, below.")
        return HttpResponseRedirect(reverse("console:calls"), status=303)
    return HttpResponseRedirect(reverse("console:call", args=[found]), status=303)


@require_safe
def call(request: DeskRequest, number: int) -> HttpResponse:
    """One call."""
    return _call(request, number)


def _call(
    request: DeskRequest, number: int, more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    shown = _shown(request, number)
    recall = shown.notice.wave.recall
    values: dict[str, Any] = {
        "call": shown,
        "wave": shown.notice.wave,
        "recall": recall,
        "outcomes": [(each.value, each.label, HELP[each]) for each in CallOutcome],
        "answers": ANSWERS,
        "given": [(AnswerKind(each.kind).label, each.units) for each in shown.answers],
        "may_enter": request.user.may(Permission.ENTER_CLAIM),
        "note": "",
        "chosen": "",
    }
    return page(request, "calls/call.html", values | (more or {}), status=status)


def _shown(request: DeskRequest, number: int) -> CallShown:
    try:
        if number >= LARGEST**2:
            raise Http404
        return call_shown(number, by=request.user)
    except NoSuchCall as missing:
        raise Http404 from missing


@require_POST
def call_number(request: DeskRequest, number: int) -> HttpResponse:
    """The same with the number in full, for its caller; the log keeps that they looked."""
    shown = _shown(request, number)
    try:
        found = show_number(notice_id=number, by=request.user)
    except CallRefused as problem:
        return _call(request, number, {"problem": problem}, status=422)
    more = {
        "full": found,
        "name": _name(shown.notice.purchaser),
        "mark": mark_of(shown.notice),
    }
    return _call(request, number, more)


def _name(purchaser: Purchaser | None) -> str:
    return opened(purchaser, "sealed_name") if purchaser else ""


@require_POST
def call_outcome(request: DeskRequest, number: int) -> HttpResponse:
    """What came of it; then the next call."""
    shown = _shown(request, number)
    named, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    try:
        if named not in CallOutcome.values:
            raise CallRefused("What came of the call?", "Choose one.")
        record_call(
            notice_id=number,
            outcome=CallOutcome(named),
            by=request.user,
            note=note,
            again_at=_again_at(request.POST.get("again_at", ""), shown.zone),
        )
    except CallRefused as problem:
        more = {"problem": problem, "note": note, "chosen": named}
        return _call(request, number, more, status=422)
    messages.success(request, f"{shown.reference}: {CallOutcome(named).label.lower()}.")
    return HttpResponseRedirect(reverse("console:calls"), status=303)


@require_POST
def call_answer(request: DeskRequest, number: int) -> HttpResponse:
    """What somebody answers on the line, as if they had pressed it themselves."""
    shown = _shown(request, number)
    named, units = request.POST.get("kind", ""), request.POST.get("units", "")
    try:
        if named not in [each.value for each, _ in ANSWERS]:
            raise CallRefused("Which answer?", "Choose one.")
        is_number = units.isascii() and units.isdecimal() and len(units) < 10
        with transaction.atomic():
            given = answer(
                notice=shown.notice,
                kind=AnswerKind(named),
                units=int(units) if is_number else None,
                by=request.user,
            )
            _name_next_owner(request, shown, given)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _call(request, number, {"problem": problem}, status=422)
    messages.success(request, f"Written down: {AnswerKind(named).label.lower()}.")
    return HttpResponseRedirect(reverse("console:call", args=[number]), status=303)


def _name_next_owner(request: DeskRequest, shown: CallShown, given: Answer) -> None:
    """Whoever has it now is told, too, where they sold it and say who that is."""
    if given.kind != AnswerKind.SOLD:
        return
    owner = next_owner_in(
        name=request.POST.get("next_name", ""),
        contact=request.POST.get("next_contact", ""),
        countries=[each for each in (shown.notice.country,) if each],
    )
    if owner is not None:
        name_next_owner(answer=given, owner=owner, by=request.user)


@require_POST
def call_leave(request: DeskRequest, number: int) -> HttpResponse:
    """It is anybody's again."""
    leave_call(notice_id=number, by=request.user)
    return HttpResponseRedirect(reverse("console:calls"), status=303)


@require_POST
def calls_take(request: DeskRequest, slug: str, number: int) -> HttpResponseBase:
    """The calls of a wave as a list for a call centre."""
    days = request.POST.get("days", "")
    form = request.POST.get("form", "")
    try:
        made = take_call_list(
            wave=wave_or_404(slug, number),
            by=request.user,
            reason=request.POST.get("reason", ""),
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            days=int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else 0,
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _list(request, {"problem": problem}, status=422)
    return handed_out(made)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def calls_read(request: DeskRequest) -> HttpResponse:
    """What a call centre says of each call."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("console:calls"), status=303)

    def reader(path: Path, only_look: bool) -> ReadBack:
        return read_outcomes(path=path, by=request.user, only_look=only_look)

    shown, problem = read_sent(request, reader)
    more = {"shown": shown, "problem": problem}
    return _list(request, more, status=422 if problem else 200)


def _again_at(typed: str, zone: str) -> datetime | None:
    """A time of theirs."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
