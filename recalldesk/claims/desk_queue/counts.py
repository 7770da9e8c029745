"""How many claims stand in each list, counted no further than anybody needs to know.

Guarantee: one query for all lists, and no list is counted further than `MOST`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk_days import DeskDays, Due
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.narrowing import Narrowed, narrowed
from recalldesk.claims.desk_queue.pages import WINDOW
from recalldesk.claims.models import Claim

MOST = 1_000
COUNTED = tuple(each for each in QueueList if each is not QueueList.ALL)


@dataclass(frozen=True)
class Count:
    """A number; `is_more` where counting stopped at it."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.is_more else ''}"


@dataclass(frozen=True)
class Counts:
    """Of each list, under one recall or all; of late promises; of the list shown, with its filters.

    `looked_through`: the filters were asked of so many rows only; None where of all.
    """

    of_lists: dict[QueueList, Count]
    shown: Count
    late: Count
    looked_through: int | None


def counts_for(filters: Filters, *, by: Staff, days: DeskDays) -> Counts:
    """All that the head of a list says in numbers."""
    of_recall = Filters(recall=filters.recall)
    counted = [replace(of_recall, list=each) for each in COUNTED]
    late = replace(of_recall, list=QueueList.PROMISE, due=Due.LATE)
    rows = [narrowed(each, by=by, days=days) for each in (*counted, late, filters)]
    numbers = _numbers([*(_counted(each) for each in rows), _windowed(rows[-1])])
    *of_lists, of_late, shown, window = numbers
    return Counts(
        of_lists=dict(zip(COUNTED, map(_up_to_most, of_lists), strict=True)),
        shown=_up_to_most(shown),
        late=_up_to_most(of_late),
        looked_through=WINDOW if rows[-1].rest and window >= WINDOW else None,
    )


def _up_to_most(number: int) -> Count:
    return Count(min(number, MOST), is_more=number > MOST)


def _windowed(rows: Narrowed) -> QuerySet[Claim]:
    return rows.found.order_by(*rows.order.value)[:WINDOW]


def _counted(rows: Narrowed) -> QuerySet[Claim]:
    """The rows that are counted: one more than anybody needs to know."""
    if not rows.rest:
        return rows.found.order_by()[: MOST + 1]
    return Claim.objects.filter(rows.rest, pk__in=_windowed(rows).values("pk"))[: MOST + 1]


def _numbers(each_rows: Sequence[QuerySet[Claim]]) -> list[int]:
    """How many rows each has, by one query."""
    parts = [_statement(rows) for rows in each_rows]
    selected = ", ".join(
        f"(SELECT count(*) FROM ({sql}) AS counted)"  # noqa: S608 - of Django, values apart
        for sql, _ in parts
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {selected}",
            [each for _, some in parts for each in some],
        )
        return list(cursor.fetchone() or ())


def _statement(rows: QuerySet[Claim]) -> tuple[str, Sequence[Any]]:
    try:
        return rows.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()
