"""What those who were told answered, page by page, and what became of whom they named.

Guarantees: a page begins behind its place whatever came meanwhile; nobody is named in full. What an
owner only says, and what a claim shows, are never one figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.states import FilingState
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.answering.told_by_hand import is_to_tell
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling
from recalldesk.outreach.reads.recipients import masked_recipient
from recalldesk.outreach.states import AnswerKind, NoticeState, WaveKind, Way, Withheld
from recalldesk.recalls.models import Recall

PAGE_SIZE = 50
MOST_COUNTED = 10_000
LONGEST_NUMBER = 18


class Only(StrEnum):
    """What is left to do, or to believe: new owners whom no machine can write to; "did it already"
    that no claim shows, and that one does; what was taken back."""

    TO_TELL = "to_tell"
    SAYS_SO = "says_so"
    PROVEN = "proven"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class AnswerFilters:
    """What the list is narrowed to; None where by nothing. Without `only`, answers that stand."""

    kind: AnswerKind | None = None
    way: Way | None = None
    only: Only | None = None


@dataclass(frozen=True, repr=False)
class AnswerRow:
    """An answer. `to`: who gave it, masked; `wave` and `notice`: numbers of the notice;
    `is_proven`: a claim that was sent is tied to the notice; `next_owners`: whom it names, masked,
    each with where its notice stands, or why it is not sent; `next_notices`: of each, the numbers
    of wave and notice; `by`: who wrote it down."""

    number: int
    kind: AnswerKind
    units: int
    bought: int
    at: datetime
    undone_at: datetime | None
    by: str
    to: str
    way: Way
    wave: int
    notice: int
    is_proven: bool
    next_owners: tuple[tuple[str, NoticeState | Withheld], ...]
    next_notices: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class AnswerPage:
    """A page of the list. `after`: the place of the next page, or empty; `count`: how many, up to
    one more than `MOST_COUNTED`."""

    rows: tuple[AnswerRow, ...]
    after: str
    count: int


READ_BY: Mapping[str, Any] = {"kind": AnswerKind, "way": Way, "only": Only}


def answer_filters_in(query: Mapping[str, str]) -> tuple[AnswerFilters, bool]:
    """The filters of an address, and whether something that is none was left out."""
    read: dict[str, Any] = {}
    is_refused = False
    for name, kind in READ_BY.items():
        text = query.get(name, "")
        if text in [each.value for each in kind]:
            read[name] = kind(text)
        else:
            is_refused |= bool(text)
    return AnswerFilters(**read), is_refused


def query_of_answers(filters: AnswerFilters, *, after: str = "") -> str:
    """What stands behind the question mark."""
    named = {
        each.name: str(value) for each in fields(filters) if (value := getattr(filters, each.name))
    }
    return urlencode(named | ({"after": after} if after else {}))


def answers_of(
    recall: Recall, filters: AnswerFilters, *, by: Staff, after: str = "", size: int = PAGE_SIZE
) -> AnswerPage:
    """A page of a recall's answers, the newest first. A place that is none is the beginning. Raises
    NotPermitted, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    rows = _narrowed(recall, filters)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER:
        rows = rows.filter(pk__lt=int(after))
    found = list(_joined(rows.order_by("-pk"))[: size + 1])
    page = found[:size]
    return AnswerPage(
        rows=_rows(page), after=str(page[-1].pk) if len(found) > size else "", count=count
    )


def answers_to(notice: DirectNotice, *, by: Staff) -> tuple[AnswerRow, ...]:
    """All that was answered to a notice, also what was taken back, the oldest first. Raises
    NotPermitted, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    return _rows(list(_joined(notice.answers.filter(GIVEN).order_by("pk"))))


def _narrowed(recall: Recall, filters: AnswerFilters) -> QuerySet[Answer]:
    is_undone = filters.only is Only.TAKEN_BACK
    rows = Answer.objects.filter(
        GIVEN, notice__recall_id=recall.pk, undone_at__isnull=not is_undone
    )
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.way:
        rows = rows.filter(notice__way=filters.way)
    filed = NoticeFiling.objects.filter(notice=OuterRef("notice"), filing__state=FilingState.FILED)
    match filters.only:
        case Only.TO_TELL:
            kept_back = DirectNotice.objects.filter(is_to_tell(), passed_on_by=OuterRef("pk"))
            rows = rows.filter(Exists(kept_back))
        case Only.SAYS_SO:
            rows = rows.filter(~Exists(filed), kind=AnswerKind.DONE_ALREADY)
        case Only.PROVEN:
            rows = rows.filter(Exists(filed), kind=AnswerKind.DONE_ALREADY)
    return rows


def _joined(rows: QuerySet[Answer]) -> QuerySet[Answer]:
    return rows.select_related("notice__wave", "by")


def _rows(answers: Sequence[Answer]) -> tuple[AnswerRow, ...]:
    led_to: dict[int, list[DirectNotice]] = {}
    named = DirectNotice.objects.filter(passed_on_by__in=answers).select_related("wave")
    named = named.exclude(wave__kind=WaveKind.REMINDER)
    for each in named.order_by("pk"):
        led_to.setdefault(each.passed_on_by_id or 0, []).append(each)
    tied = NoticeFiling.objects.filter(
        notice__in=[each.notice_id for each in answers], filing__state=FilingState.FILED
    )
    proven = set(tied.values_list("notice_id", flat=True))
    return tuple(
        _row(each, led_to.get(each.pk, []), is_proven=each.notice_id in proven) for each in answers
    )


def _row(answer: Answer, led_to: Sequence[DirectNotice], *, is_proven: bool) -> AnswerRow:
    notice = answer.notice
    return AnswerRow(
        number=answer.pk,
        kind=AnswerKind(answer.kind),
        units=answer.units,
        bought=notice.units,
        at=answer.at,
        undone_at=answer.undone_at,
        by=answer.by.name if answer.by else "",
        to=masked_recipient(notice),
        way=Way(notice.way),
        wave=notice.wave.number,
        notice=notice.pk,
        is_proven=is_proven,
        next_owners=tuple((masked_recipient(each), _where(each)) for each in led_to),
        next_notices=tuple((each.wave.number, each.pk) for each in led_to),
    )


def _where(notice: DirectNotice) -> NoticeState | Withheld:
    return Withheld(notice.withheld) if notice.withheld else NoticeState(notice.state)
