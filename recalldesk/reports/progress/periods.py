"""The months of which reports are due, and until when. Pure.

Guarantees: days are those of UTC; a report is of a whole calendar month and due on the first of the
next one; the first is that of the month in which a recall was announced, or published here if that
is later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recalldesk.reports.desk_figures.period import Period

DAYS_BEFORE = 3
"""So long before it is due the desk is reminded of a report."""


class Stage(StrEnum):
    """When the desk is reminded of a report that is not filed."""

    SOON = "soon"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(date(self.year, self.number, 1), self.next.first - timedelta(days=1))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def due_on(self) -> date:
        """The day on which its report is due."""
        return self.next.first


def month_of(day: date) -> Month:
    """The month in which a day is."""
    return Month(day.year, day.month)


def month_before(day: date) -> Month:
    """The last whole month before the month of a day."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def months_since(announced: date, *, until: date) -> Iterator[Month]:
    """Each month from that of the announcement to that of a day, in their order."""
    month = month_of(announced)
    while month.first <= until:
        yield month
        month = month.next


def stage_of(month: Month, today: date) -> Stage | None:
    """How near the report of a month is; None while nobody has to be reminded."""
    if today > month.due_on:
        return Stage.LATE
    if today == month.due_on:
        return Stage.DUE
    return Stage.SOON if today >= month.due_on - timedelta(days=DAYS_BEFORE) else None
