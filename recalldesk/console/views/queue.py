"""The queue: a page of a list, with its filters."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.counts import Count, Counts
from recalldesk.claims.desk_queue.filters import Filters, Refused, filters_in, query_of
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.pages import WINDOW, Page
from recalldesk.claims.desk_queue.places import From, Place, place_in
from recalldesk.claims.desk_queue.reading import queue_page
from recalldesk.claims.desk_queue.views_saved import views_of
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.lists import BY_KEY, LISTS, ListOfClaims
from recalldesk.console.queue_choices import choices_for
from recalldesk.console.queue_table import table_of
from recalldesk.console.views.taking import can_take_from
from recalldesk.recalls.reads import live_recalls

ASKED = {
    "list": "list",
    "recall": "recall",
    "state": "state",
    "reason": "reason",
    "due": "day",
    "channel": "way of coming",
    "country": "country",
    "assigned": "person",
    "remedy": "remedy",
    "filing": "claim",
    "after": "place in the list",
    "before": "place in the list",
}
"""What each part of an address stands for."""


@dataclass(frozen=True)
class Tab:
    """A list beside the others. `count` is None for the list of all."""

    shown: ListOfClaims
    url: str
    count: Count | None
    is_here: bool


@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """A page of a list."""
    filters, refused = filters_in(request.GET.dict())
    start, refused = _start(request, refused)
    found = queue_page(filters, by=request.user, start=start)
    values = {
        "list": BY_KEY[filters.list],
        "filters": filters,
        "query": query_of(filters),
        "refused": [{"value": each.value, "words": ASKED[each.name]} for each in refused],
        "tabs": _tabs(filters, found.counts),
        "choices": choices_for(filters, live_recalls()),
        "rows": table_of(found.rows, by=request.user),
        "counts": found.counts,
        "page": found.page,
        "views": views_of(request.user),
        "chooses": request.user.may(Permission.DECIDE_CLAIM),
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "next_url": _next(request, filters),
        "window": WINDOW,
        "by_promise": filters.list is not QueueList.ALL,
        "shows_state": filters.list in (QueueList.ALL, QueueList.PROMISE),
        "shows_recall": not filters.recall and len({row.recall for row in found.rows}) > 1,
    }
    return page(request, "queue.html", values | _turns(filters, found.page, start))


def _start(request: DeskRequest, refused: tuple[Refused, ...]) -> tuple[From, tuple[Refused, ...]]:
    """From where the page goes. A place that is none is said, and the page is the first."""
    for name, is_backwards in (("after", False), ("before", True)):
        text = request.GET.get(name, "")
        if not text:
            continue
        place = place_in(text)
        if place is None:
            return From(), (*refused, Refused(name, text[:40]))
        return From(place, is_backwards), refused
    return From(), refused


def _tabs(filters: Filters, counts: Counts) -> list[Tab]:
    return [
        Tab(
            each,
            _to(replace(Filters(recall=filters.recall), list=each.key)),
            counts.of_lists.get(each.key),
            each.key is filters.list,
        )
        for each in LISTS
    ]


def _turns(filters: Filters, shown: Page, start: From) -> dict[str, Any]:
    """The addresses of the pages beside this one."""
    is_first = start.place is None
    return {
        "first_url": "" if is_first else _to(filters),
        "before_url": _to(filters, before=shown.before) if shown.before else "",
        "after_url": _to(filters, after=shown.after) if shown.after else "",
    }


def _next(request: DeskRequest, filters: Filters) -> str:
    """Where the next claim is taken; empty where whoever looks may not, or the list has no next."""
    may = can_take_from(filters, by=request.user)
    return reverse("console:take_next") if may else ""


def _to(filters: Filters, *, before: Place | None = None, after: Place | None = None) -> str:
    """The address of a page of a list."""
    place = f"before={before}" if before else f"after={after}" if after else ""
    query = "&".join(each for each in (query_of(filters), place) if each)
    return reverse("console:queue") + (f"?{query}" if query else "")
