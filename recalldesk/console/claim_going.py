"""From one claim to another: the next of a list, the one before, and the list itself.

Guarantee: which list somebody works through stands in the address, so that two windows of one
person do not mix; nothing of an owner can stand there.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk.opening import assign_claim, free_among, open_claim, take_next
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue.filters import Filters, filters_in, query_of
from recalldesk.claims.desk_queue.lists import IN_LIST
from recalldesk.claims.desk_queue.narrowing import narrowed
from recalldesk.claims.desk_queue.pages import page_of
from recalldesk.claims.desk_queue.places import From, Place
from recalldesk.claims.desk_queue.rows import QueueRow, rows_of
from recalldesk.claims.models import Claim
from recalldesk.console.claim_shown import address_of
from recalldesk.foundation import clock
from recalldesk.recalls.reads import recall_named

LOOKED_THROUGH = 20
PUT_ASIDE, MOST_PUT_ASIDE = "put_aside", 50


def filters_of(request: HttpRequest) -> Filters:
    """The list that somebody works through."""
    return filters_in(request.GET.dict())[0]


def with_list(address: str, filters: Filters) -> str:
    """An address, with the list behind it."""
    query = query_of(filters)
    return f"{address}?{query}" if query else address


def see(address: str) -> HttpResponseRedirect:
    """To another page, asked for by GET."""
    return HttpResponseRedirect(address, status=303)


def to_queue(filters: Filters) -> str:
    """The list itself."""
    return with_list(reverse("console:queue"), filters)


def place_of(claim_id: int) -> Place:
    """Where a claim stands in lists, before something is decided about it."""
    day = Claim.objects.filter(pk=claim_id).values_list("promised_on", flat=True).first()
    return Place(day, claim_id)


def beside_in_list(
    filters: Filters, place: Place, *, by: Staff, is_backwards: bool = False
) -> QueueRow | None:
    """The claim behind a place of a list, or before it."""
    start = From(place, is_backwards)
    found = page_of(narrowed(filters, by=by, days=desk_days(clock.now())), start, size=1)
    return next(iter(rows_of(found.claim_ids, days=desk_days(clock.now()))), None)


def free_behind(filters: Filters, place: Place, *, by: Staff) -> QueueRow | None:
    """The next claim of a list that somebody could decide and nobody else has; from its start where
    none is behind."""
    for start in (From(place), From()):
        row = _free(_numbers(filters, start, by), by=by, but=[place.claim_id])
        if row is not None:
            return row
    return None


def address_in_list(row: QueueRow, filters: Filters) -> str:
    """A claim's page, with the list that it was opened from."""
    return with_list(address_of(row.reference, row.position), filters)


def take(filters: Filters, *, by: Staff, but: Sequence[int]) -> QueueRow | None:
    """The next claim of a list, now somebody's own; None where none is left."""
    desk = IN_LIST.get(filters.list)
    if desk is not None and filters == Filters(list=filters.list, recall=filters.recall):
        recall = recall_named(filters.recall) if filters.recall else None
        if filters.recall and recall is None:
            return None
        recall_id = recall.pk if recall else None
        claim_id = take_next(by=by, desk=desk, recall_id=recall_id, but=but)
        return _row(claim_id) if claim_id else None
    numbers = _numbers(filters, From(), by)
    while (row := _free(numbers, by=by, but=but)) is not None:
        if open_claim(claim_id=row.claim_id, by=by).is_mine:
            assign_claim(claim_id=row.claim_id, to=by, by=by)
            return row
        but = [*but, row.claim_id]
    return None


def put_aside(request: HttpRequest, claim_id: int | None) -> list[int]:
    """The claims that somebody left without deciding, with one more where it is named."""
    kept: list[int] = request.session.get(PUT_ASIDE, [])
    if claim_id is not None and claim_id not in kept:
        kept = [*kept, claim_id][-MOST_PUT_ASIDE:]
        request.session[PUT_ASIDE] = kept
    return kept


def number_in(request: HttpRequest, name: str) -> int:
    """A number of a form; 0 where it is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _numbers(filters: Filters, start: From, by: Staff) -> Sequence[int]:
    found = narrowed(filters, by=by, days=desk_days(clock.now()))
    return page_of(found, start, size=LOOKED_THROUGH).claim_ids


def _free(numbers: Sequence[int], *, by: Staff, but: Sequence[int]) -> QueueRow | None:
    free = free_among([pk for pk in numbers if pk not in but], by=by)
    first = next((pk for pk in numbers if pk in free), None)
    return _row(first) if first else None


def _row(claim_id: int) -> QueueRow | None:
    return next(iter(rows_of([claim_id], days=desk_days(clock.now()))), None)
