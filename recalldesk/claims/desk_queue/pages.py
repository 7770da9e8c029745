"""One page of a list, by where the last one ended.

Guarantees: whoever turns all pages sees every claim that stays exactly once, whatever comes and
goes meanwhile; a page costs the same however long the list is, and however far one turned: where no
index serves the filters, at most `WINDOW` rows are looked through, and the page says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from recalldesk.claims.desk_queue.narrowing import Narrowed, Order
from recalldesk.claims.desk_queue.places import From, Place
from recalldesk.claims.models import Claim

PAGE_SIZE = 50
WINDOW = 1_000
Edge = tuple[Any, int]


@dataclass(frozen=True)
class Page:
    """The numbers of its claims' rows, in order, and where the pages beside it begin, if any.

    `is_cut`: so many rows were looked through that the page ends before it is full.
    """

    claim_ids: tuple[int, ...]
    before: Place | None
    after: Place | None
    is_cut: bool = False


class _Pair(Func):
    """Two columns or values as one, by which an index can be entered in its midst."""

    template = "(%(expressions)s)"
    output_field = models.TextField()


def page_of(narrowed: Narrowed, start: From, *, size: int = PAGE_SIZE) -> Page:
    """The page that begins behind a place, or ends before it."""
    edges, cut_at = _edges(narrowed, start, size + 1)
    is_more = len(edges) > size
    edges = edges[:size]
    far = _place(edges[-1]) if is_more else cut_at
    near = _place(edges[0]) if edges and start.place is not None else _nearer(narrowed, start)
    if start.is_backwards:
        edges.reverse()
        near, far = far, near
    return Page(tuple(pk for _, pk in edges), near, far, is_cut=cut_at is not None and not is_more)


def _nearer(narrowed: Narrowed, start: From) -> Place | None:
    """From where one turns back on a page without rows: so that the row at its place is shown."""
    if start.place is None:
        return None
    goes_up = (narrowed.order is Order.PROMISE) != start.is_backwards
    return Place(start.place.day, start.place.claim_id + (1 if goes_up else -1))


def _place(edge: Edge) -> Place:
    return Place(*edge)


def _edges(narrowed: Narrowed, start: From, count: int) -> tuple[list[Edge], Place | None]:
    """Day and number of up to `count` rows, and where looking through them was given up."""
    edges: list[Edge] = []
    for rows in _stretches(narrowed, start):
        some, cut_at = _looked_through(rows, narrowed.rest, count - len(edges))
        edges += some
        if len(edges) >= count:
            break
        if cut_at is not None:
            return edges, cut_at
    return edges, None


def _looked_through(rows: QuerySet[Claim], rest: Q, count: int) -> tuple[list[Edge], Place | None]:
    pairs = rows.values_list("promised_on", "pk")
    if not rest:
        return list(pairs[:count]), None
    window = rows.values("pk")[:WINDOW]
    kept = Claim.objects.filter(rest, pk__in=window).order_by(*rows.query.order_by)
    found: list[Edge] = list(kept.values_list("promised_on", "pk")[:count])
    if len(found) >= count:
        return found, None
    last = pairs[WINDOW - 1 : WINDOW].first()
    return found, None if last is None else Place(*last)


def _stretches(narrowed: Narrowed, start: From) -> Iterator[QuerySet[Claim]]:
    """The rows beyond the place: first those of one kind of day, then the others."""
    if narrowed.order is Order.NEWEST:
        yield _by_number(narrowed.found, start)
        return
    dated = narrowed.found.filter(promised_on__isnull=False)
    undated = narrowed.found.filter(promised_on__isnull=True)
    if start.is_backwards:
        yield from _behind_first(dated.order_by("-promised_on", "-pk"), undated, start.place)
    else:
        yield from _dated_first(dated.order_by("promised_on", "pk"), undated, start.place)


def _dated_first(
    dated: QuerySet[Claim], undated: QuerySet[Claim], place: Place | None
) -> Iterator[QuerySet[Claim]]:
    if place is None:
        yield dated
    elif place.day is not None:
        yield dated.filter(GreaterThan(*_pairs(place)))
    else:
        undated = undated.filter(pk__gt=place.claim_id)
    yield undated.order_by("pk")


def _behind_first(
    dated: QuerySet[Claim], undated: QuerySet[Claim], place: Place | None
) -> Iterator[QuerySet[Claim]]:
    """The same from the end."""
    if place is None or place.day is None:
        before = undated if place is None else undated.filter(pk__lt=place.claim_id)
        yield before.order_by("-pk")
        yield dated
    else:
        yield dated.filter(LessThan(*_pairs(place)))


def _by_number(rows: QuerySet[Claim], start: From) -> QuerySet[Claim]:
    """The newest first."""
    if start.place is None:
        return rows.order_by("-pk")
    if start.is_backwards:
        return rows.filter(pk__gt=start.place.claim_id).order_by("pk")
    return rows.filter(pk__lt=start.place.claim_id).order_by("-pk")


def _pairs(place: Place) -> tuple[_Pair, _Pair]:
    """Day and number of a row, and those of the place, to be compared as one."""
    return _Pair(F("promised_on"), F("pk")), _Pair(Value(place.day), Value(place.claim_id))
