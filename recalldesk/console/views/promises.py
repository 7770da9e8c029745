"""What breaks next, day by day and recall by recall; the claims themselves stand in the queue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.claims.desk.breaking import PromisedDay, promises_by_day
from recalldesk.claims.desk_days import Due, last_day
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.foundation import clock
from recalldesk.foundation.working_days import WorkingCalendar
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.recalls.working_calendar import calendar_of

DAYS = 7


@dataclass(frozen=True)
class Day:
    """A day of a recall's calendar. `url` leads to its claims, and those due before, where the
    queue has such a list; `why_free` says why nothing is promised for it."""

    day: date
    name: str
    count: int
    url: str
    why_free: str


@dataclass(frozen=True)
class Calendar:
    """A recall's days, in its time zone. `holidays`: those to come that the recall names."""

    recall: str
    today: date
    zone: str
    late: int
    late_url: str
    days: tuple[Day, ...]
    promises: str
    holidays: tuple[date, ...]


@require_safe
def promises(request: DeskRequest) -> HttpResponse:
    """The calendars."""
    now, recalls = clock.now(), live_recalls()
    latest = now.date() + timedelta(days=DAYS)  # one more than UTC has, for zones ahead of it
    counted = promises_by_day(by=request.user, until=latest)
    values = {
        "calendars": [_calendar(live, counted, now) for live in recalls],
        "all_url": _queue("", None),
    }
    return page(request, "promises.html", values)


def _calendar(live: LiveRecall, counted: tuple[PromisedDay, ...], now: datetime) -> Calendar:
    calendar = calendar_of(live.document)
    today = calendar.day_of(now)
    mine = {each.day: each.count for each in counted if each.recall == live.slug}
    stages = live.document.promises
    return Calendar(
        recall=live.slug,
        today=today,
        zone=calendar.zone.key,
        late=sum(count for day, count in mine.items() if day < today),
        late_url=_queue(live.slug, Due.LATE),
        days=tuple(
            _day(live, calendar, today + timedelta(days=ahead), mine, today)
            for ahead in range(DAYS)
        ),
        promises=(
            f"decided in {stages.review_days} working days, danger answered in "
            f"{stages.confirm_days}, remedy in {stages.remedy_days}"
        ),
        holidays=tuple(sorted(day for day in stages.holidays if day >= today))[:6],
    )


def _day(
    live: LiveRecall, calendar: WorkingCalendar, day: date, mine: dict[date, int], today: date
) -> Day:
    count, due = mine.get(day, 0), _due(day, today, calendar)
    ahead = (day - today).days
    free = "holiday" if day in calendar.holidays else ""
    return Day(
        day=day,
        name=("Today", "Tomorrow")[ahead] if ahead < 2 else f"{day:%A}",
        count=count,
        url=_queue(live.slug, due) if count and due else "",
        why_free=free or ("weekend" if day.weekday() in calendar.weekend else ""),
    )


def _due(day: date, today: date, calendar: WorkingCalendar) -> Due | None:
    """The list of the queue in which the claims of a day stand."""
    if day == today:
        return Due.TODAY
    soon = last_day(Due.SOON, today=today, calendar=calendar)
    return Due.SOON if day <= soon else None


def _queue(recall: str, due: Due | None) -> str:
    filters = Filters(list=QueueList.PROMISE, recall=recall, due=due)
    return f"{reverse('console:queue')}?{query_of(filters)}"
