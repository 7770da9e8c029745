"""The page of a list: what each line is answered, what is asked of whoever sent it, the way on.

Guarantees: nothing is told before the mailed link was opened; what is looked up is counted and
limited as docs/owners-by-the-hundred.md says; opened again, it goes on where it was broken off.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.checks.asking import ask
from recalldesk.checks.network import network_of
from recalldesk.checks.states import Source
from recalldesk.claims.models import UnitList
from recalldesk.claims.unit_lists.answering import Answered, answer_list
from recalldesk.claims.unit_lists.claiming import claim_lines
from recalldesk.claims.unit_lists.correcting import correct_lines, stand_as_typed
from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.claims.unit_lists.lines import CLAIMED, OPEN, Count, Line, LineState, of_state
from recalldesk.claims.unit_lists.taking_back import Corrected, changed_in, read_corrected
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.portal.claiming.sent_photos import takes_photos
from recalldesk.portal.claiming.steps import lead_on, see
from recalldesk.portal.claiming.visitor import Visitor, claim_page, go_to
from recalldesk.portal.listing.passing import MOST_BYTES, passing_file
from recalldesk.portal.listing.words import line_words, problem_words
from recalldesk.portal.subject import find_subject
from recalldesk.portal.views.answering import page
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.units.verdict.answer import Answer

MOST_ASKED = 100
"""Lines that are asked about on one page; when they are answered, the next ones come."""
LINE, UNREAD = "line-", "unread-"


@dataclass(frozen=True)
class ShownLine:
    """A line with its words. `url`: of the page of another recall."""

    line: Line
    words: str
    url: str = ""


@takes_photos
@claim_page(posts=True)
def listed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The answers; takes what was looked at again, and leads on to the claim."""
    row = list_of(visitor.filing)
    if row is None:
        return go_to(visitor, "claim")
    if request.method == "POST" and "corrected" in request.POST:
        return _file_taken(request, visitor)
    if request.method == "POST":
        return _taken(request, visitor)
    return _page(request, visitor, row)


def _page(
    request: HttpRequest, visitor: Visitor, row: UnitList, problem: str = "", *, status: int = 200
) -> HttpResponse:
    answered = look_up(request, visitor)
    row.refresh_from_db()
    lines, count = opened_lines(row)
    values = _shown(visitor, lines, count) | {
        "answered": answered,
        "visitor": visitor,
        "subject": visitor.subject,
        "document": visitor.seen.document,
        "is_draft": visitor.seen.is_draft,
        "was_taken": _count_in(request, "taken"),
        "was_sent": "taken" in request.GET,
        "unread_rows": _count_in(request, "unread"),
        "problem": problem,
        "most_megabytes": MOST_BYTES // 1_000_000,
        "email": opened(visitor.filing, "sealed_email"),
    }
    frame = visitor.frame(request)
    return page(request, "listing/listed.html", values, frame=frame, status=status)


def _count_in(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if _is_number(said) else 0


def _file_taken(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The file of answers, put right: what was changed of lines that wait is looked up."""
    try:
        read = _corrected(request, visitor)
    except ListRefused as refused:
        row = list_of(visitor.filing)
        assert row is not None
        return _page(request, visitor, row, problem_words(refused.kind), status=422)
    texts = changed_in(visitor.filing.pk, read.texts)
    taken = correct_lines(filing_id=visitor.filing.pk, texts=texts)
    return _looked_up(request, visitor, taken, unread=read.unread)


def _corrected(request: HttpRequest, visitor: Visitor) -> Corrected:
    upload = next(iter(request.FILES.getlist("file")), None)
    if upload is None or not upload.size:
        raise ListRefused(ListProblem.NO_LINE_NUMBERS)
    if upload.size > MOST_BYTES:
        raise ListRefused(ListProblem.TOO_LARGE)
    try:
        with passing_file(upload.chunks()) as path:
            return read_corrected(path, visitor.seen.document)
    except PhotoRefused as refused:
        raise ListRefused(ListProblem.TOO_LARGE) from refused


def _looked_up(
    request: HttpRequest, visitor: Visitor, taken: int, *, unread: int = 0
) -> HttpResponse:
    """What was taken is answered and, of a claim that was sent, claimed."""
    if taken:
        look_up(request, visitor)
        if not visitor.seen.is_draft:
            claim_lines(filing_id=visitor.filing.pk)
    said = f"?taken={taken}" + (f"&unread={unread}" if unread else "")
    return see(visitor.address("claim_list") + said)


def _taken(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    texts = {
        int(name.removeprefix(LINE)): str(text)
        for name, text in request.POST.items()
        if name.startswith(LINE) and _is_number(name.removeprefix(LINE))
    }
    unreadable = {
        int(name.removeprefix(UNREAD))
        for name in request.POST
        if name.startswith(UNREAD) and _is_number(name.removeprefix(UNREAD))
    }
    taken = correct_lines(filing_id=visitor.filing.pk, texts=texts, unreadable=unreadable)
    if "stand" in request.POST:
        taken += stand_as_typed(filing_id=visitor.filing.pk)
    if taken:
        return _looked_up(request, visitor, taken)
    if visitor.seen.is_draft and "go_on" not in request.POST:
        return see(visitor.address("claim_list"))
    claim_lines(filing_id=visitor.filing.pk)
    return lead_on(visitor) if visitor.seen.is_draft else see(visitor.address("claim"))


def look_up(request: HttpRequest, visitor: Visitor) -> Answered:
    """Answers what waits, asked for from the network of this request."""
    models = tuple(product.model for product in visitor.subject.products)

    def asked(serial: str, token: str) -> Answer:
        return ask(serial, source=Source.PAGE, models=models, second_look=token)

    network = network_of(request.META)
    return answer_list(filing_id=visitor.filing.pk, network=network, ask=asked)


def _shown(visitor: Visitor, lines: list[Line], count: Count) -> dict[str, Any]:
    products = visitor.subject.products

    def shown(*states: LineState) -> list[ShownLine]:
        return [
            ShownLine(line, line_words(line, products), _url_of(line))
            for line in of_state(lines, *states)
        ]

    waiting = shown(*OPEN)
    checked = [line.checked for line in lines if line.checked]
    versions = {
        line.version for line in of_state(lines, LineState.NOT_IN_RECALL) if not line.recall
    }
    to_claim = [
        line for line in of_state(lines, *CLAIMED) if visitor.seen.is_draft or not line.position
    ]
    return {
        "count": count,
        "asked": waiting[:MOST_ASKED],
        "asked_later": max(0, len(waiting) - MOST_ASKED),
        "asked_count": len(waiting),
        "in_recall": shown(LineState.IN_RECALL),
        "elsewhere": shown(LineState.ELSEWHERE),
        "person": shown(LineState.PERSON, LineState.UNREADABLE),
        "not_in_recall": shown(LineState.NOT_IN_RECALL),
        "duplicates": shown(LineState.DUPLICATE),
        "may_stand": len(of_state(lines, LineState.LOOK_AGAIN)),
        "unanswered": len(of_state(lines, LineState.WAITING)),
        "to_claim": len(to_claim),
        "unit_count": len(lines) - len(of_state(lines, LineState.DUPLICATE)),
        "checked_at": datetime.fromtimestamp(max(checked)).astimezone() if checked else None,
        "version": max(versions, default=0),
    }


def _url_of(line: Line) -> str:
    subject = find_subject(line.recall) if line.state is LineState.ELSEWHERE else None
    return subject.list_url if subject else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7
