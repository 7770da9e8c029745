"""A list of serials is checked at once, pasted or as a file.

Guarantees: nothing of the list is kept; every line that holds anything is answered in its place, or
said to be unreadable; a row that holds several texts like serials is answered by the gravest; a
partner is told so many a day and no more.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from recalldesk.accounts.models import Partner
from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.lines import Line, LineState
from recalldesk.claims.unit_lists.reading import ListRead, one_a_line, read_list
from recalldesk.claims.unit_lists.retyping import as_typed
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.portal.frame import general_frame
from recalldesk.portal.listing.passing import MOST_BYTES, passing_file
from recalldesk.portal.listing.words import line_words, problem_words
from recalldesk.portal.partner.answers import GRAVEST_FIRST, Teller, Told, gravest
from recalldesk.portal.partner.visitor import partner_page
from recalldesk.portal.partner.words import checked_enough
from recalldesk.portal.uploading.photos_busy import busy_page
from recalldesk.portal.uploading.receiving import few_at_once
from recalldesk.portal.views.answering import page
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import known_recalls
from recalldesk.stock.partners.telling_serials import may_be_told
from recalldesk.stock.reads.notices import notices_of

MOST_CHECKS = 1_000
"""As a batch of the API."""


@dataclass(frozen=True)
class Answered:
    """A line and what is said of it; `told` is None where it was not looked up, and `why` says
    why."""

    line: Line
    told: Told | None
    why: str = ""


@few_at_once(busy_page)
@partner_page(posts=True)
def check_list(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The form; or the answers, as a table or as CSV."""
    document = _document(partner)
    values: dict[str, Any] = {"partner": partner, "most": MOST_CHECKS, "serials": ""}
    if request.method != "POST" or document is None:
        return _page(request, values | {"has_recall": document is not None})
    values |= {"has_recall": True}
    try:
        values["serials"] = str(request.POST.get("serials", ""))
        read = _read(request, document, values["serials"])
    except ListRefused as refused:
        return _page(request, values | {"amiss": _problem(refused.kind)}, status=422)
    except RequestDataTooBig:
        return _page(request, values | {"amiss": _problem(ListProblem.TOO_MANY)}, status=413)
    if not may_be_told(partner, _checks_in(read)):
        values |= {"amiss": checked_enough(), "serials": as_typed(read)}
        return _page(request, values, status=429)
    teller = Teller()
    answered = [_answered(line, document, teller) for line in read.lines]
    if "csv" in request.POST:
        return _as_csv(answered)
    answered.sort(key=_gravest_first)
    seconds = [each.told.second for each in answered if each.told and each.told.second]
    values |= {
        "answered": answered,
        "count": read.count,
        "document": document,
        "counts": _counts(answered),
        "serials": as_typed(read),
        "checked_at": datetime.fromtimestamp(min(seconds), UTC) if seconds else None,
    }
    return _page(request, values)


def _document(partner: Partner) -> Document | None:
    """By whose products' form the list is read: those of the recall of which it was told last."""
    slugs = [notice.recall.slug for notice in notices_of(partner)]
    lives = {live.slug: live.document for live in known_recalls()}
    told = next((lives[slug] for slug in slugs if slug in lives), None)
    return told or next(iter(lives.values()), None)


def _read(request: HttpRequest, document: Document, typed: str) -> ListRead:
    """What was pasted, or chosen. Raises ListRefused."""
    upload = next(iter(request.FILES.getlist("file")), None)
    if upload is not None and upload.size:
        if upload.size > MOST_BYTES:
            raise ListRefused(ListProblem.TOO_LARGE)
        try:
            with passing_file(upload.chunks()) as path:
                return _few(read_list(path, document))
        except PhotoRefused as refused:
            raise ListRefused(ListProblem.TOO_LARGE) from refused
    if not typed.strip():
        raise ListRefused(ListProblem.EMPTY)
    text = one_a_line(typed, document).encode("utf-8", "replace")
    with passing_file([text]) as path:
        return _few(read_list(path, document))


def _few(read: ListRead) -> ListRead:
    if sum(1 + len(line.beside) for line in read.lines) > MOST_CHECKS:
        raise ListRefused(ListProblem.TOO_MANY)
    return read


def _checks_in(read: ListRead) -> int:
    waiting = (line for line in read.lines if line.state is LineState.WAITING)
    return sum(1 + len(line.beside) for line in waiting)


def _problem(kind: ListProblem) -> str:
    if kind is ListProblem.TOO_MANY:
        return gettext("These are more than %(most)s serial numbers: send them in parts") % {
            "most": f"{MOST_CHECKS:,}"
        }
    return problem_words(kind)


def _answered(line: Line, document: Document, teller: Teller) -> Answered:
    if line.state is not LineState.WAITING:
        return Answered(line, None, line_words(line, document.products))
    return Answered(line, gravest([teller.tell(text) for text in (line.text, *line.beside)]))


def _gravest_first(answered: Answered) -> tuple[int, int]:
    """What could not be read stands before what is in no recall: it may be of one."""
    told = answered.told
    weight = GRAVEST_FIRST.index(told.verdict) if told else len(GRAVEST_FIRST) - 1.5
    return int(weight * 2), answered.line.number


def _counts(answered: list[Answered]) -> list[tuple[Told, int]]:
    """How many have each answer, the gravest first."""
    by_verdict: dict[str, list[Told]] = {}
    for each in answered:
        if each.told is not None:
            by_verdict.setdefault(each.told.verdict, []).append(each.told)
    return [
        (by_verdict[verdict][0], len(by_verdict[verdict]))
        for verdict in GRAVEST_FIRST
        if verdict in by_verdict
    ]


def _as_csv(answered: list[Answered]) -> HttpResponse:
    heads = (
        Heading(gettext("Line")),
        Heading(gettext("Serial number"), is_exact=True),
        Heading(gettext("Answer")),
        Heading(gettext("What to do")),
        Heading(gettext("Recall")),
        Heading(gettext("Checked")),
    )
    return csv_file((heads, map(_cells, answered)), "checked-serials.csv")


def _cells(each: Answered) -> tuple[str | int, ...]:
    told = each.told
    if told is None:
        return each.line.number, each.line.text, gettext("Not looked up"), each.why, "", ""
    return (each.line.number, *cells_of(told))


def cells_of(told: Told) -> tuple[str, ...]:
    """A serial and its answer, as a row of a file that is read long after: by which version, and
    when."""
    versions = ", ".join(f"{slug} ({number})" for slug, number in told.versions)
    checked = (
        f"{datetime.fromtimestamp(told.second, UTC):%Y-%m-%d %H:%M UTC}" if told.second else ""
    )
    return told.serial, told.headline, told.words, versions, checked


def csv_file(sheet: tuple[Any, Any], name: str) -> HttpResponse:
    """Rows under their headings as a file."""
    content = b"".join(csv_parts(*sheet))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = general_frame(request, reverse("portal:partner_check"))
    return page(request, "partner/check.html", values, frame=frame, status=status)
