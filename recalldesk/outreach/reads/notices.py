"""The notices of a wave, page by page: the rows behind each of its figures.

Guarantees: a page begins behind its place whatever came meanwhile; nobody is named in full.
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
from recalldesk.mailing.states import SendError
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling, Wave
from recalldesk.outreach.reads.recipients import masked_recipient
from recalldesk.outreach.states import AnswerKind, NoticeState, Way, Withheld

PAGE_SIZE = 50
MOST_COUNTED = 10_000
LONGEST_NUMBER = 18


class Having(StrEnum):
    """Something that a notice has beside its state."""

    REPEATS = "repeats"
    LATER = "later"
    DELIVERED = "delivered"
    OPENED = "opened"
    ANSWERS = "answers"
    CLAIMS = "claims"


@dataclass(frozen=True)
class NoticeFilters:
    """What a list is narrowed to; empty or None where by nothing."""

    way: Way | None = None
    state: NoticeState | None = None
    withheld: Withheld | None = None
    answer: AnswerKind | None = None
    having: Having | None = None
    language: str = ""
    country: str = ""


@dataclass(frozen=True, repr=False)
class NoticeRow:
    """A notice as it is listed. `to`: masked; `filed`: claims begun by its link were filed."""

    number: int
    way: Way
    to: str
    language: str
    country: str
    units: int
    state: NoticeState
    withheld: Withheld | None
    last_error: SendError | None
    attempts: int
    repeats: int
    not_before: datetime | None
    handed_out_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    opened_at: datetime | None
    answers: tuple[AnswerKind, ...]
    filings: tuple[str, ...]


@dataclass(frozen=True)
class NoticePage:
    """A page of the list. `after`: the place of the next page, or empty; `count`: how many stand in
    the list, up to one more than `MOST_COUNTED`."""

    rows: tuple[NoticeRow, ...]
    after: str
    count: int


READ_BY: Mapping[str, Any] = {
    "way": Way,
    "state": NoticeState,
    "withheld": Withheld,
    "answer": AnswerKind,
    "having": Having,
}


def notice_filters_in(query: Mapping[str, str]) -> tuple[NoticeFilters, bool]:
    """The filters of an address, and whether something that is none was left out."""
    read: dict[str, Any] = {}
    is_refused = False
    for name, kind in READ_BY.items():
        text = query.get(name, "")
        if text in [each.value for each in kind]:
            read[name] = kind(text)
        else:
            is_refused |= bool(text)
    for name, longest in (("language", 12), ("country", 2)):
        text = query.get(name, "")
        if text.isascii() and text.replace("-", "").isalnum() and len(text) <= longest:
            read[name] = text
        else:
            is_refused |= bool(text)
    return NoticeFilters(**read), is_refused


def query_of_notices(filters: NoticeFilters, *, after: str = "") -> str:
    """What stands behind the question mark."""
    named = {
        each.name: str(value) for each in fields(filters) if (value := getattr(filters, each.name))
    }
    return urlencode(named | ({"after": after} if after else {}))


def notices_listed(
    wave: Wave, filters: NoticeFilters, *, by: Staff, after: str = "", size: int = PAGE_SIZE
) -> NoticePage:
    """A page of a wave's notices, in the order in which they were made. A place that is none is the
    beginning. Raises NotPermitted, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    rows = notices_narrowed(wave, filters)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER:
        rows = rows.filter(pk__gt=int(after))
    found = list(rows.order_by("pk")[: size + 1])
    page = found[:size]
    return NoticePage(
        rows=rows_of_notices(page),
        after=str(page[-1].pk) if len(found) > size else "",
        count=count,
    )


def notices_narrowed(wave: Wave, filters: NoticeFilters) -> QuerySet[DirectNotice]:
    """The notices that the filters leave, in no order."""
    rows = DirectNotice.objects.filter(wave=wave)
    for name in ("way", "state", "withheld", "language", "country"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    given = Answer.objects.filter(GIVEN, notice=OuterRef("pk"), undone_at=None)
    if filters.answer:
        rows = rows.filter(Exists(given.filter(kind=filters.answer)))
    match filters.having:
        case Having.REPEATS:
            rows = rows.filter(repeats__gt=0)
        case Having.LATER:
            rows = rows.filter(state=NoticeState.WAITING, not_before__isnull=False)
        case Having.DELIVERED:
            rows = rows.filter(delivered_at__isnull=False)
        case Having.OPENED:
            rows = rows.filter(opened_at__isnull=False)
        case Having.ANSWERS:
            rows = rows.filter(Exists(given))
        case Having.CLAIMS:
            filed = NoticeFiling.objects.filter(
                notice=OuterRef("pk"), filing__filed_at__isnull=False
            )
            rows = rows.filter(Exists(filed))
    return rows


def rows_of_notices(notices: Sequence[DirectNotice]) -> tuple[NoticeRow, ...]:
    """Notices as they are listed, whom they go to masked. Raises SealingError."""
    numbers = [each.pk for each in notices]
    answers: dict[int, list[AnswerKind]] = {}
    for notice, kind in (
        Answer.objects.filter(GIVEN, notice__in=numbers, undone_at=None)
        .order_by("pk")
        .values_list("notice_id", "kind")
    ):
        answers.setdefault(notice, []).append(AnswerKind(kind))
    filings: dict[int, list[str]] = {}
    for notice, reference in (
        NoticeFiling.objects.filter(notice__in=numbers, filing__filed_at__isnull=False)
        .order_by("pk")
        .values_list("notice_id", "filing__reference")
    ):
        filings.setdefault(notice, []).append(reference)
    return tuple(
        _row(each, tuple(answers.get(each.pk, ())), tuple(filings.get(each.pk, ())))
        for each in notices
    )


def _row(
    notice: DirectNotice, answers: tuple[AnswerKind, ...], filings: tuple[str, ...]
) -> NoticeRow:
    return NoticeRow(
        number=notice.pk,
        way=Way(notice.way),
        to=masked_recipient(notice),
        language=notice.language,
        country=notice.country,
        units=notice.units,
        state=NoticeState(notice.state),
        withheld=Withheld(notice.withheld) if notice.withheld else None,
        last_error=SendError(notice.last_error) if notice.last_error else None,
        attempts=notice.attempts,
        repeats=notice.repeats,
        not_before=notice.not_before,
        handed_out_at=notice.handed_out_at,
        sent_at=notice.sent_at,
        delivered_at=notice.delivered_at,
        ended_at=notice.ended_at,
        opened_at=notice.opened_at,
        answers=answers,
        filings=filings,
    )
