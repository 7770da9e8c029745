"""Counts the cells, and opens the rows behind each: both by the same queries.

Guarantees: what the rows of a cell add is its number; a ledger is read once, however many cells it
fills; rows come in their order, a part at a time, whatever their number.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import FIGURES, LEDGERS, OF_THE_FORM
from recalldesk.reports.progress.figures import CellOf, Figure, Ledger, Numbers, Span, Told

AT_ONCE = 2_000
COUNT = """
SELECT part, coalesce(sum(adds) FILTER (WHERE at >= %(begins)s), 0), sum(adds)
FROM ({query}) AS ledger WHERE at < %(ends)s GROUP BY part
"""
ROWS = """
SELECT number, adds, at FROM ({query}) AS ledger
WHERE part = ANY(%(parts)s) AND at < %(ends)s
AND (%(begins)s::timestamptz IS NULL OR at >= %(begins)s::timestamptz)
AND number > %(above)s
AND (%(after_at)s::timestamptz IS NULL OR (at, number) > (%(after_at)s::timestamptz, %(after)s))
ORDER BY at, number LIMIT %(most)s
"""
MARK = """
SELECT part, count(*), sum(adds), max(number),
    {digest}
FROM ({query}) AS ledger WHERE at < %(ends)s
AND (%(begins)s::timestamptz IS NULL OR at >= %(begins)s::timestamptz) GROUP BY part
"""
DIGEST = "sum(('x' || substr(md5(number || ':' || adds), 1, 15))::bit(60)::bigint)"
"""Of all rows of a part, in whatever order: for what is frozen, since it takes most of the time."""


@dataclass(frozen=True)
class Row:
    """A row behind a cell, and what it adds."""

    number: int
    adds: int
    at: datetime
    told: Told


@dataclass(frozen=True)
class Mark:
    """Which rows a part counted: how many, what they add, the greatest number, and a digest."""

    rows: int
    adds: int
    last: int
    digest: str


def count_figures(
    recall: Recall, period: Period, figures: Collection[Figure] = FIGURES
) -> Mapping[str, Numbers]:
    """The numbers of figures, by their names."""
    parts = {
        name: _parts(LEDGERS[name], recall, period)
        for name in dict.fromkeys(figure.ledger for figure in figures)
    }
    return {
        figure.name: sum(
            (parts[figure.ledger].get(part, Numbers()) for part in figure.parts), Numbers()
        )
        for figure in figures
    }


def count(recall: Recall, period: Period, cell: CellOf) -> int:
    """The number of one cell."""
    return count_figures(recall, period, (cell.figure,))[cell.figure.name].of(cell.span)


def rows_of(
    recall: Recall,
    period: Period,
    cell: CellOf,
    *,
    after: tuple[datetime, int] | None = None,
    above: int = 0,
    most: int | None = None,
) -> Iterator[Row]:
    """The rows behind a cell, in their order. `after`: from behind that row on; `above`: those of
    greater numbers only; `most`: so many at most."""
    ledger, left = LEDGERS[cell.figure.ledger], most
    while left is None or left > 0:
        size = AT_ONCE if left is None else min(left, AT_ONCE)
        found = _rows(ledger, recall, period, cell, after, above, size)
        told = ledger.tell([row[0] for row in found])
        for number, adds, at in found:
            yield Row(number, adds, at, told[number])
        if len(found) < size:
            return
        after = (found[-1][2], found[-1][0])
        left = None if left is None else left - len(found)


def marks_of(
    recall: Recall,
    period: Period,
    span: Span,
    ledgers: Collection[str] = OF_THE_FORM,
    *,
    with_digests: bool = False,
) -> Mapping[str, Mapping[str, Mark]]:
    """Of each part of ledgers, which rows it counts."""
    statement = MARK.replace("{digest}", DIGEST if with_digests else "''")
    return {name: _marks(statement, LEDGERS[name], recall, period, span) for name in ledgers}


def _marks(
    statement: str, ledger: Ledger, recall: Recall, period: Period, span: Span
) -> Mapping[str, Mark]:
    asked = _days(ledger, recall, period)
    if span is Span.SO_FAR:
        asked["begins"] = None
    return {
        part: Mark(rows, int(adds), last, str(digest))
        for part, rows, adds, last, digest in _asked(statement, ledger, asked)
    }


def _days(ledger: Ledger, recall: Recall, period: Period) -> dict[str, Any]:
    days = {"recall": recall.pk, "begins": period.begins_at, "ends": period.ends_at}
    return days | dict(ledger.values(recall))


def _parts(ledger: Ledger, recall: Recall, period: Period) -> Mapping[str, Numbers]:
    return {
        part: Numbers(int(in_period), int(so_far))
        for part, in_period, so_far in _asked(COUNT, ledger, _days(ledger, recall, period))
    }


def _rows(
    ledger: Ledger,
    recall: Recall,
    period: Period,
    cell: CellOf,
    after: tuple[datetime, int] | None,
    above: int,
    most: int,
) -> list[tuple[int, int, datetime]]:
    asked = _days(ledger, recall, period) | {
        "parts": sorted(cell.figure.parts),
        "after_at": after[0] if after else None,
        "after": after[1] if after else None,
        "above": above,
        "most": most,
    }
    if cell.span is Span.SO_FAR:
        asked["begins"] = None
    return _asked(ROWS, ledger, asked)


def _asked(statement: str, ledger: Ledger, values: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(query=ledger.query), values)
        return list(cursor.fetchall())
