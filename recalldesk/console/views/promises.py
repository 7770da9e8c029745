"""What breaks next, day by day and recall by recall; the claims themselves stand in the queue."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.claims.desk.breaking import PromisedDay, promises_by_day
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.desk_queue.lists import Due, QueueList, last_day
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.foundation import clock
from recalldesk.recalls.reads import LiveRecall, live_recalls

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
    """A recall's days. `holidays`: those to come that the recall names."""

    recall: str
    late: int
    late_url: str
    days: tuple[Day, ...]
    promises: str
    holidays: tuple[date, ...]


@require_safe
def promises(request: DeskRequest) -> HttpResponse:
    """The calendars."""
    today = clock.now().date()
    counted = promises_by_day(by=request.user, until=today + timedelta(days=DAYS - 1))
    values = {
        "calendars": [_calendar(live, counted, today) for live in live_recalls()],
        "today": today,
        "all_url": _queue("", None),
    }
    return page(request, "promises.html", values)


def _calendar(live: LiveRecall, counted: tuple[PromisedDay, ...], today: date) -> Calendar:
    mine = {each.day: each.count for each in counted if each.recall == live.slug}
    stages = live.document.promises
    return Calendar(
        recall=live.slug,
        late=sum(count for day, count in mine.items() if day < today),
        late_url=_queue(live.slug, Due.LATE),
        days=tuple(_day(live, today + timedelta(days=ahead), mine, today) for ahead in range(DAYS)),
        promises=(
            f"decided in {stages.review_days} working days, danger answered in "
            f"{stages.confirm_days}, remedy in {stages.remedy_days}"
        ),
        holidays=tuple(sorted(day for day in stages.holidays if day >= today))[:6],
    )


def _day(live: LiveRecall, day: date, mine: dict[date, int], today: date) -> Day:
    count = mine.get(day, 0)
    ahead = (day - today).days
    free = "holiday" if day in live.document.promises.holidays else ""
    return Day(
        day=day,
        name=("Today", "Tomorrow")[ahead] if ahead < 2 else f"{day:%A}",
        count=count,
        url=_queue(live.slug, _due(day, today)) if count and _due(day, today) else "",
        why_free=free or ("weekend" if day.weekday() > 4 else ""),
    )


def _due(day: date, today: date) -> Due | None:
    """The list of the queue in which the claims of a day stand."""
    if day == today:
        return Due.TODAY
    return Due.SOON if day <= last_day(Due.SOON, today=today) else None


def _queue(recall: str, due: Due | None) -> str:
    filters = Filters(list=QueueList.PROMISE, recall=recall, due=due)
    return f"{reverse('console:queue')}?{query_of(filters)}"
