"""The page of a wave: where it is written, approved, or at work, as it stands and as one may.

Guarantee: whoever wrote a wave, or asked for it, is never offered to approve it.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.frame import may_open
from recalldesk.console.recall_named import stay_on
from recalldesk.console.wave_counted_shown import counted_shown
from recalldesk.console.wave_forms import WaveForm, initial_of
from recalldesk.console.wave_listed import waits_for
from recalldesk.console.wave_shown import (
    acts_of,
    approvers_words,
    begins_words,
    facts_of,
    history_of_wave,
    sent_back_last,
    why_not_words,
)
from recalldesk.console.wave_texts_shown import ShownText, texts_shown
from recalldesk.console.wave_words import KINDS, WAVE_STATES, WAYS
from recalldesk.console.wave_work_shown import work_shown
from recalldesk.console.waves_asked import wave_address, wave_or_404
from recalldesk.foundation.page_policy import PAGE_WITH_FRAMES
from recalldesk.foundation.problem import Problem
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.outreach.audience.counting import Preview, preview
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.progress import progress_of
from recalldesk.outreach.reads.waves import WaveShown, wave_shown
from recalldesk.outreach.states import SENT_BY_MACHINE, NoticeState, WaveKind, WaveState, Way
from recalldesk.outreach.waves.changes import changes_since_asked
from recalldesk.outreach.waves.lint import WordsFinding, lint_wave
from recalldesk.purchasers.models import Purchase
from recalldesk.recalls.reads import document_of

COUNTED_AT_ONCE = 50_000
"""With more purchases than this, no page waits for the counts: a button asks for them."""
PAPERS = ((Way.LETTER, "Letters", "wave_letters"), (Way.PHONE, "Calls", "wave_calls"))
AT_WORK = {WaveState.SENDING, WaveState.DONE, WaveState.STOPPED}


@require_safe
def wave(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The page."""
    found = wave_or_404(slug, number)
    stay_on(request, slug)
    return wave_page(request, found)


def wave_page(
    request: DeskRequest,
    found: Wave,
    *,
    problem: Problem | None = None,
    form: WaveForm | None = None,
    typed: Mapping[str, str] | None = None,
    problem_of: str = "",
) -> HttpResponse:
    """The page, or the page with what was typed and why it was not taken."""
    state = WaveState(found.state)
    shown = wave_shown(found.recall, found.number, by=request.user)
    values = _around(request, shown) | {
        "problem": problem,
        "problem_of": problem_of,
        "typed_reason": (typed or {}).get("reason", ""),
        "test_to": (typed or {}).get("to", ""),
    }
    writes = request.user.may(Permission.WRITE_WAVES)
    if state in AT_WORK or found.prepared_at is not None:
        template, more = "work.html", _at_work(request, found)
    elif state is WaveState.DRAFT and writes:
        template, more = "write.html", _writing(request, shown, form, typed or {})
    else:
        template, more = "approve.html", _asked(request, shown)
    status = 422 if problem or (form is not None and form.errors) else 200
    response = page(request, f"waves/{template}", values | more, status=status)
    response["Content-Security-Policy"] = PAGE_WITH_FRAMES
    return response


def _around(request: DeskRequest, shown: WaveShown) -> dict[str, Any]:
    """What every page of a wave says around it."""
    found = shown.wave
    history = history_of_wave(found)
    return {
        "wave": found,
        "kind": KINDS[WaveKind(found.kind)],
        "state": WAVE_STATES[WaveState(found.state)],
        "may_write": request.user.may(Permission.WRITE_WAVES),
        "acts": acts_of(found),
        "facts": facts_of(found),
        "history": history,
        "paused_since": shown.paused_since,
        "is_tested": shown.is_tested,
        "digest": shown.contents,
        "approvers": approvers_words(found),
        "sent_back": sent_back_last(history),
        "begins": begins_words(found),
    }


def _writing(
    request: DeskRequest, shown: WaveShown, form: WaveForm | None, typed: Mapping[str, str]
) -> dict[str, Any]:
    found = shown.wave
    counts, values = _counts(request, found)
    texts = _texts(found, counts, typed)
    assert found.version is not None  # a wave speaks of a version from its draft on
    return values | {
        "form": form or WaveForm(document_of(found.version), initial=initial_of(found)),
        "texts": texts,
        "holds": _holds(found, texts, counts),
        "testable": [(way.value, WAYS[way]) for way in SENT_BY_MACHINE if way.value in found.ways],
    }


def _asked(request: DeskRequest, shown: WaveShown) -> dict[str, Any]:
    found = shown.wave
    counts, values = _counts(request, found)
    texts = _texts(found, counts, {})
    approves = waits_for(found, request.user)
    changes = changes_since_asked(found)
    return values | {
        "texts": texts,
        "remarks": [(each.title, finding) for each in texts for finding in each.findings],
        "may_approve": approves,
        "is_approved": found.approved_by is not None,
        "why_not": why_not_words(found, request.user),
        "may_take_back": found.state == WaveState.ASKED
        and request.user.may(Permission.WRITE_WAVES),
        "changes": changes,
        "was_asked_before": bool(found.asked_before),
    }


def _at_work(request: DeskRequest, found: Wave) -> dict[str, Any]:
    shown = work_shown(found, progress_of(found, by=request.user))
    return shown | {
        "no_end": _no_end(found),
        "texts": _texts(found, None, {}),
        "totals": [shown["answered"], shown["claims"]],
        "places": _places(found, request.user),
    }


def _no_end(found: Wave) -> str:
    """Why no end can be foretold."""
    waiting = found.notices.filter(way__in=SENT_BY_MACHINE, state=NoticeState.WAITING)
    if not waiting.exists():
        return "Nothing that goes by itself waits: what is left are letters and calls."
    if not is_any_worker_alive():
        return "No worker is at work: whoever runs this server starts recalldesk work."
    return "Nothing was sent in the last five minutes, so no end can be foretold yet."


def _places(found: Wave, person: Staff) -> list[tuple[str, str]]:
    """Where one can go from a wave at work."""
    places = [("Every notice", wave_address("wave_notices", found))]
    for way, words, name in PAPERS:
        address = wave_address(name, found)
        if way.value in found.ways and may_open(person, address):
            places.append((words, address))
    return places


def _texts(found: Wave, counts: Preview | None, typed: Mapping[str, str]) -> list[ShownText]:
    """Each text with what the rules find: of those that somebody would get, where that is known."""
    recipients = None if counts is None else counts.by_way_and_language
    by_text: dict[tuple[Way | None, str], tuple[WordsFinding, ...]] = {}
    for each in lint_wave(found) if found.ways else ():
        key = (each.way, each.language)
        by_text[key] = (*by_text.get(key, ()), each)
    return texts_shown(found, by_text, notices=recipients, typed=typed)


def _holds(found: Wave, texts: list[ShownText], counts: Preview | None) -> list[tuple[str, str]]:
    """What is to be mended before it can be asked for, and where: of words only those that
    somebody would get."""
    if not found.ways:
        return [("No way is chosen", "ways")]
    if counts is not None and not counts.notices:
        return [("Nobody would be written to: the counts say why", "counts")]
    sent = counts.by_way_and_language if counts is not None else None
    return [
        (f"{each.title}: {_first(each)}", each.id)
        for each in texts
        if each.holds and (sent is None or sent.get((each.way, each.language)))
    ]


def _first(text: ShownText) -> str:
    if not text.is_written:
        return "nothing is written yet"
    return next((each.message for each in text.findings if each.is_error), text.problem)


def _counts(request: DeskRequest, found: Wave) -> tuple[Preview | None, dict[str, Any]]:
    """What it would send, counted where that is quick or was asked for."""
    if not found.ways:
        return None, {"no_ways": True}
    many = Purchase.objects.filter(recall=found.recall)[: COUNTED_AT_ONCE + 1].count()
    if many > COUNTED_AT_ONCE and not request.GET.get("count"):
        return None, {}
    try:
        counts = preview(found, by=request.user)
    except Problem as problem:
        return None, {"counted_problem": problem}
    return counts, {"counted": counted_shown(found, counts)}
