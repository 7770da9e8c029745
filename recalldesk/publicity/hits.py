"""The hits on a recall's public pages, by day.

Guarantees: each day counts by one source, a proxy's log or the program's own count, never by both
added up; a figure is the sum of the rows that it names. Asked for as known at an earlier moment, a
log that was brought in or taken back since changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Q, QuerySet

from recalldesk.publicity.models import LogHits, PageHits
from recalldesk.publicity.states import HitsFrom, PageKind
from recalldesk.recalls.models import Recall

DEFINITION = (
    "How often the recall’s own public pages were asked for and given (GET, answered 200 or 304), "
    "by day of UTC, without robots that say that they are some. The program counts what reaches "
    "it; what a cache before it answers it does not see. A day that a proxy’s log tells of counts "
    "by the log in place of the program’s own count, never by both; only where the program itself "
    "counted more of that day, since the log holds a part of it, does its own count stand. A log "
    "that comes in later changes the days that it tells of. A hit is no visitor: who asks twice "
    "counts twice, and nobody is recognised."
)


@dataclass(frozen=True)
class HitsRow:
    """Hits of a day on pages of a kind. `number`: of the row, in the table of its source; `file`:
    the log that brought it."""

    source: HitsFrom
    number: int
    day: date
    page: PageKind
    count: int
    file: int | None = None


@dataclass(frozen=True)
class HitsOfDay:
    """A day: by what it counts, the rows that make the figure, and what the program counted."""

    day: date
    source: HitsFrom
    rows: tuple[HitsRow, ...]
    own: int

    @property
    def count(self) -> int:
        """Hits on all pages."""
        return sum(each.count for each in self.rows)

    def of(self, page: PageKind) -> int:
        """Hits on pages of one kind."""
        return sum(each.count for each in self.rows if each.page is page)


@dataclass(frozen=True)
class Hits:
    """The hits of a period; days without any are left out."""

    days: tuple[HitsOfDay, ...]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(each.count for each in self.days)

    def of(self, page: PageKind) -> int:
        """Those on pages of one kind."""
        return sum(each.of(page) for each in self.days)

    def rows(self) -> Iterator[HitsRow]:
        """The rows behind the figures, day by day."""
        return chain.from_iterable(each.rows for each in self.days)


def hits_of(recall: Recall, first: date, last: date, *, known_at: datetime | None = None) -> Hits:
    """The hits of a period, both days included. `known_at`: as they were known at a moment."""
    own: dict[date, list[HitsRow]] = {}
    for each in PageHits.objects.filter(recall=recall, day__range=(first, last)).order_by("pk"):
        row = HitsRow(HitsFrom.OWN, each.pk, each.day, PageKind(each.page), each.count)
        own.setdefault(each.day, []).append(row)
    logs: dict[date, list[HitsRow]] = {}
    for brought in _standing(recall, known_at).filter(day__range=(first, last)).order_by("pk"):
        page = PageKind(brought.page)
        row = HitsRow(
            HitsFrom.LOG, brought.pk, brought.day, page, brought.count, file=brought.file_id
        )
        logs.setdefault(brought.day, []).append(row)
    days = sorted(own.keys() | logs.keys())
    return Hits(tuple(_day(day, own.get(day, []), logs.get(day, [])) for day in days))


def _standing(recall: Recall, known_at: datetime | None) -> QuerySet[LogHits]:
    rows = LogHits.objects.filter(recall=recall)
    if known_at is None:
        return rows.filter(file__taken_back_by__isnull=True)
    back = Q(file__taken_back_by__at__lte=known_at)
    return rows.filter(file__at__lte=known_at).exclude(back)


def _day(day: date, own: list[HitsRow], logs: list[HitsRow]) -> HitsOfDay:
    counted = sum(each.count for each in own)
    if logs and sum(each.count for each in logs) >= counted:
        return HitsOfDay(day, HitsFrom.LOG, tuple(logs), counted)
    return HitsOfDay(day, HitsFrom.OWN, tuple(own), counted)
