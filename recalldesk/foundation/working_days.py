"""Working days: all but those of the weekend and the holidays that are named; and whose day it is.

Guarantee: a moment is of the day that the calendar's time zone has at that moment.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
WEEKEND = frozenset({SATURDAY, SATURDAY + 1})
"""Days of the week, Monday being 0."""


def add_working_days(
    day: date,
    count: int,
    holidays: Collection[date] = (),
    weekend: Collection[int] = WEEKEND,
) -> date:
    """The day `count` working days after `day`; with 0, `day` itself or the next working day."""
    reached = _working_day(day, holidays, weekend)
    for _ in range(count):
        reached = _working_day(reached + timedelta(days=1), holidays, weekend)
    return reached


def _working_day(day: date, holidays: Collection[date], weekend: Collection[int]) -> date:
    while day.weekday() in weekend or day in holidays:
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of one place. `weekend`: days of the week, Monday being 0; at most six."""

    zone: ZoneInfo
    weekend: frozenset[int] = WEEKEND
    holidays: frozenset[date] = frozenset()

    def day_of(self, moment: datetime) -> date:
        """The day that it is here at a moment."""
        return moment.astimezone(self.zone).date()

    def begins_at(self, day: date) -> datetime:
        """The moment at which a day begins here."""
        return datetime.combine(day, time.min, tzinfo=self.zone)

    def after(self, day: date, count: int) -> date:
        """The day `count` working days after `day`; with 0, `day` or the next working day."""
        return add_working_days(day, count, self.holidays, self.weekend)

    def next_after(self, day: date) -> date:
        """The first working day that is later than `day`."""
        return self.after(day + timedelta(days=1), 0)
