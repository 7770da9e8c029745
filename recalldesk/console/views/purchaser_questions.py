"""Who may be one person: the questions, and one of them, the two side by side.

Guarantees: nothing of a person stands in an address or, unmasked, on a page; a settled question
leads to the next; what somebody else settled meanwhile is said, and not settled otherwise unseen.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_compared import compared
from recalldesk.console.purchaser_shown import (
    counted_words,
    day_words,
    likely_words,
    name_of,
    questions_shown,
)
from recalldesk.console.purchaser_words import SETTLED, SOURCES, shares_in_words
from recalldesk.console.purchasers_asked import address, recall_asked, recall_of_question
from recalldesk.foundation.problem import Problem
from recalldesk.matching.people.said import JoinReason
from recalldesk.purchasers.looking import NoReasonGiven, show_both
from recalldesk.purchasers.reads.questions import (
    MOST_COUNTED,
    QuestionRow,
    QuestionSeen,
    question_page,
    questions_listed,
)
from recalldesk.purchasers.settling import settle_question
from recalldesk.purchasers.states import QuestionState
from recalldesk.recalls.models import Recall

LISTS = (
    (QuestionState.OPEN, "To settle", "Who may be one person", "No two purchasers are in doubt."),
    (QuestionState.ONE, "One person", "Settled: one person", "Nobody was said to be one person."),
    (QuestionState.TWO, "Two persons", "Settled: two persons", "Nobody was said to be two."),
)
SAID = {
    QuestionState.ONE: "Question {} is settled: one person. Both keep their contacts.",
    QuestionState.TWO: "Question {} is settled: two persons.",
}


@dataclass(frozen=True)
class Tab:
    """A list beside the others."""

    name: str
    url: str
    count: str
    is_here: bool


@require_safe
def same_person(request: DeskRequest) -> HttpResponse:
    """A page of a list."""
    sent = request.GET.dict()
    asked = recall_asked(request, sent)
    named = sent.get("state", "")
    state = QuestionState(named) if named in QuestionState.values else QuestionState.OPEN
    title, empty = next((title, empty) for key, _, title, empty in LISTS if key is state)
    values: dict[str, Any] = {"asked": asked, "title": title, "empty": empty}
    if asked.recall is not None:
        slug = asked.recall.slug
        shown = questions_listed(
            asked.recall, by=request.user, state=state, after=sent.get("after", "")
        )
        rows = questions_shown(shown.rows)
        settles = state is QuestionState.OPEN and request.user.may(Permission.SETTLE_PURCHASERS)
        values |= {
            "rows": rows,
            "count": counted_words(shown.count, MOST_COUNTED),
            "tabs": _tabs(request, asked.recall, state),
            "next_url": rows[0].url if rows and settles else "",
            "first_url": address("same_person", recall=slug, state=named)
            if sent.get("after")
            else "",
            "after_url": address("same_person", recall=slug, state=named, after=shown.after)
            if shown.after
            else "",
        }
    return page(request, "purchasers/questions.html", values)


def _tabs(request: DeskRequest, recall: Recall, here: QuestionState) -> list[Tab]:
    return [
        Tab(
            name,
            address("same_person", recall=recall.slug, state="" if state == "open" else state),
            counted_words(
                questions_listed(recall, by=request.user, state=state, size=1).count, MOST_COUNTED
            ),
            state is here,
        )
        for state, name, _, _ in LISTS
    ]


@require_safe
def question(request: DeskRequest, number: int) -> HttpResponse:
    """One question."""
    return _question(request, number)


@require_POST
def question_full(request: DeskRequest, number: int) -> HttpResponse:
    """The same, both in full, for a reason."""
    recall = recall_of_question(request, number)
    reason = request.POST.get("reason", "")
    try:
        seen = show_both(recall=recall, number=number, by=request.user, reason=reason)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except NoReasonGiven as problem:
        return _question(request, number, problem, status=422)
    return _question(request, number, seen=seen)


def _question(
    request: DeskRequest,
    number: int,
    problem: Problem | None = None,
    *,
    status: int = 200,
    seen: QuestionSeen | None = None,
) -> HttpResponse:
    recall = recall_of_question(request, number)
    seen = seen or question_page(recall, number, by=request.user)
    row = seen.row
    values = {
        "number": number,
        "recall": recall.slug,
        "state": SETTLED[row.state],
        "state_key": row.state.value,
        "likely": likely_words(row.weight),
        "asked_by": SOURCES[row.source],
        "why": shares_in_words(each for each in row.reasons if each != JoinReason.LIKELY),
        "people": _people(row),
        "lines": compared(seen),
        "decided": _decided(row),
        "after_url": _next(request, recall, row),
        "may_settle": request.user.may(Permission.SETTLE_PURCHASERS),
        "may_see": request.user.may(Permission.SEE_PERSONAL),
        "is_full": seen.in_full,
        "problem": problem,
    }
    return page(request, "purchasers/question.html", values, status=status)


def _people(row: QuestionRow) -> list[tuple[str, str]]:
    """Each of both by a name, and where more of them stands."""
    named = [
        (f"{name_of(each)} ({each.number})", address("purchaser", each.number))
        for each in (row.first, row.second)
        if each.number
    ]
    if row.filing:
        of = f"{name_of(row.second)}, claim {row.filing}"
        named.append((of, address("search", reference=row.filing)))
    return named


def _decided(row: QuestionRow) -> str:
    if row.state is QuestionState.OPEN:
        return ""
    on = f" on {day_words(row.decided_at.date())}" if row.decided_at else ""
    return f"{row.by or 'Somebody'} said{on}: {SETTLED[row.state]}. It can be said otherwise."


def _next(request: DeskRequest, recall: Recall, row: QuestionRow) -> str:
    """Where the next open question stands, behind this one; the first where it was the last."""
    for after in (f"{row.weight!r}_{row.number}", ""):
        found = questions_listed(recall, by=request.user, after=after, size=1).rows
        if found and found[0].number != row.number:
            return address("same_person_question", found[0].number)
    return ""


@require_POST
def settle(request: DeskRequest, number: int) -> HttpResponse:
    """Says that they are one or two; the next question comes at once."""
    recall = recall_of_question(request, number)
    named = request.POST.get("do", "")
    row = question_page(recall, number, by=request.user).row
    if named not in SAID:
        problem = Problem("Nothing was settled.", "Say that they are one person, or two.")
        return _question(request, number, problem, status=422)
    if request.POST.get("seen", "") != row.state.value and row.state.value != named:
        problem = Problem(
            f"Somebody else settled it meanwhile: {SETTLED[row.state]}. Nothing was changed.",
            "Say it again where you see it otherwise.",
        )
        return _question(request, number, problem, status=409)
    state = QuestionState(named)
    try:
        settle_question(recall=recall, number=number, by=request.user, state=state)
    except Problem as problem:
        return _question(request, number, problem, status=422)
    messages.success(request, SAID[state].format(number))
    further = _next(request, recall, row) or address("same_person", recall=recall.slug)
    return HttpResponseRedirect(further, status=303)
