"""Which day it is for the desk, of each recall by its own calendar.

Guarantee: which claims are late, due or near is said by one calendar of each recall in all lists,
counts, figures and mails: that of its live version. A claim's own page goes by the claim's version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from recalldesk.foundation.working_days import WorkingCalendar
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.recalls.working_calendar import calendar_of

SOON_DAYS = 2
"""Working days within which a promise counts as about to break."""


class Due(StrEnum):
    """How near the promised day of a claim is. Each holds the ones before it."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"


def last_day(due: Due, *, today: date, calendar: WorkingCalendar) -> date:
    """The last promised day that still counts as due so."""
    if due is Due.LATE:
        return today - timedelta(days=1)
    return today if due is Due.TODAY else calendar.after(today, SOON_DAYS)


@dataclass(frozen=True)
class DeskDays:
    """The days of a moment, by the number of the recall."""

    now: datetime
    calendars: Mapping[int, WorkingCalendar]

    def today(self, recall_id: int) -> date:
        """The day that it is where the recall's promises hold."""
        calendar = self.calendars.get(recall_id)
        return calendar.day_of(self.now) if calendar else self.now.astimezone(UTC).date()

    def due(self, due: Due) -> Q:
        """Claims whose promise is late, due or near.

        One bound of days holds for all recalls, so that an index finds the rows; where the
        recalls' days differ, the few rows at its end are told apart by their recall.
        """
        last = {
            recall_id: last_day(due, today=calendar.day_of(self.now), calendar=calendar)
            for recall_id, calendar in self.calendars.items()
        }
        first = min(last.values(), default=self.now.astimezone(UTC).date())
        found = Q(promised_on__lte=first)
        for day in sorted({*last.values()} - {first}):
            recalls = sorted(each for each, its_day in last.items() if its_day == day)
            found |= Q(promised_on__lte=day, recall_id__in=recalls)
        return Q(promised_on__lte=max(last.values(), default=first)) & found


def desk_days(now: datetime, recalls: Sequence[LiveRecall] | None = None) -> DeskDays:
    """The days of this moment, of every recall that was ever published. `recalls`: these, where
    they are at hand."""
    known = live_recalls() if recalls is None else recalls
    return DeskDays(now, {each.recall_id: calendar_of(each.document) for each in known})
