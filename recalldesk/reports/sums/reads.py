"""Reads sums: what was folded, what was not yet, and what was touched since.

Guarantee: by one question to the database, so that it is what the rows add up to at that moment.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from recalldesk.reports.sums.contributions import PURCHASES
from recalldesk.reports.sums.names import BETWEEN, OF_PURCHASES, Kind
from recalldesk.reports.sums.purchases import FACTS

_NARROW = (
    "kind = ANY (%(kinds)s) AND recall_id = ANY (%(recalls)s)"
    " AND day BETWEEN %(first)s AND %(last)s"
)
KEPT = f"""
SELECT kind, recall_id, day, key, value FROM reports_daysum WHERE {_NARROW}
UNION ALL
SELECT kind, recall_id, day, key, value FROM reports_sumdelta WHERE {_NARROW}
"""  # noqa: S608 - words of this package alone
_TOUCHED = "SELECT DISTINCT purchase_id FROM reports_touchedpurchase"
TOUCHED = f"""
UNION ALL
SELECT kind, recall_id, day, key, value
FROM ({PURCHASES.format(rows="facts")}) now_is WHERE {_NARROW}
UNION ALL
SELECT kind, recall_id, day, key, -value
FROM ({PURCHASES.format(rows="before")}) was WHERE {_NARROW}
"""  # noqa: S608 - words of this package alone
WITH_TOUCHED = f"""
WITH facts AS ({FACTS.format(purchases=_TOUCHED)}),
before AS (SELECT * FROM reports_keptpurchase WHERE purchase_id IN ({_TOUCHED}))
"""  # noqa: S608 - words of this package alone
EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class Sum:
    """One sum. `day`: None where it was not asked day by day; `parts`: of its key."""

    kind: Kind
    day: date | None
    parts: tuple[str, ...]
    value: int


def sums_of(
    kinds: Collection[Kind],
    recall_ids: Collection[int],
    *,
    first: date = EARLIEST,
    last: date = LATEST,
    by_day: bool = False,
) -> list[Sum]:
    """The sums of some recalls and days, in no order; none that is nothing."""
    day = "day" if by_day else "NULL::date"
    with_touched = not OF_PURCHASES.isdisjoint(kinds)
    of_all = KEPT + (TOUCHED if with_touched else "")
    question = (
        f"{WITH_TOUCHED if with_touched else ''} SELECT kind, {day}, key, sum(value)::bigint"  # noqa: S608 - words of this package alone
        f" FROM ({of_all}) every GROUP BY 1, 2, 3 HAVING sum(value) <> 0"
    )
    asked: dict[str, Any] = {
        "kinds": [kind.value for kind in kinds],
        "recalls": list(recall_ids),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        return [
            Sum(Kind(kind), on, tuple(key.split(BETWEEN)), value)
            for kind, on, key, value in cursor.fetchall()
        ]
