"""Counts the rows anew and holds the sums against them; and puts them right.

Guarantee: while the sums are made anew nobody writes what they are of, so that they are those of
the rows at that moment.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from recalldesk.reports.sums.contributions import of_all_rows
from recalldesk.reports.sums.folding import alone, fold
from recalldesk.reports.sums.installing import triggers
from recalldesk.reports.sums.names import OF_PURCHASES, Kind
from recalldesk.reports.sums.places import PLACES
from recalldesk.reports.sums.purchases import COLUMNS, FACTS

EVERY = "SELECT id AS purchase_id FROM purchasers_purchase"
OTHER_FACTS = f"""
SELECT count(*) FROM (
    (SELECT {", ".join(COLUMNS)} FROM ({FACTS.format(purchases=EVERY)}) facts
     EXCEPT SELECT {", ".join(COLUMNS)} FROM reports_keptpurchase)
    UNION ALL
    (SELECT {", ".join(COLUMNS)} FROM reports_keptpurchase
     EXCEPT SELECT {", ".join(COLUMNS)} FROM ({FACTS.format(purchases=EVERY)}) facts)
) other
"""  # noqa: S608 - words of this package alone
DIFFERENT = f"""
WITH rows AS ({of_all_rows()}), kept AS (
    SELECT kind, recall_id, day, key, sum(value)::bigint AS value FROM (
        SELECT kind, recall_id, day, key, value FROM reports_daysum
        UNION ALL SELECT kind, recall_id, day, key, value FROM reports_sumdelta
    ) every GROUP BY 1, 2, 3, 4 HAVING sum(value) <> 0
)
SELECT kind, recall_id, day, key, coalesce(kept.value, 0), coalesce(rows.value, 0)
FROM rows FULL JOIN kept USING (kind, recall_id, day, key)
WHERE kept.value IS DISTINCT FROM rows.value ORDER BY 1, 2, 3, 4
"""  # noqa: S608 - words of this package alone


@dataclass(frozen=True)
class Difference:
    """A sum that is not that of its rows."""

    kind: Kind
    recall_id: int
    day: date
    key: str
    kept: int
    counted: int


@dataclass(frozen=True)
class Checked:
    """`purchases`: how many of them are kept otherwise than they are."""

    differences: tuple[Difference, ...]
    purchases: int

    @property
    def is_right(self) -> bool:
        """Whether the sums are those of the rows."""
        return not self.differences and not self.purchases


@transaction.atomic
def check() -> Checked:
    """Counts anew, by rows as they stand at one moment. Sums are folded first."""
    fold()
    with connection.cursor() as cursor:
        alone(cursor)
        cursor.execute("SELECT count(*) FROM reports_touchedpurchase")
        touched = int(cursor.fetchone()[0])
        cursor.execute(DIFFERENT)
        found = tuple(Difference(Kind(kind), *rest) for kind, *rest in cursor.fetchall())
        cursor.execute(OTHER_FACTS)
        other = int(cursor.fetchone()[0])
    if touched:  # somebody wrote meanwhile: what was not looked at yet is no mistake
        return Checked(tuple(each for each in found if each.kind not in OF_PURCHASES), 0)
    return Checked(found, other)


@transaction.atomic
def make_anew() -> None:
    """Makes every sum anew from the rows. Whoever writes meanwhile waits."""
    with connection.cursor() as cursor:
        alone(cursor)
        tables = sorted({table for table, _ in triggers()})
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
        fill(cursor)


def fill(cursor: CursorWrapper) -> None:
    """The same, in a transaction that holds the tables already. A correction keeps the place under
    which it counted; one that has none gets one by what is known now."""
    missing = (
        "(SELECT c.* FROM remedies_correction c WHERE {sign} AND NOT EXISTS"
        " (SELECT FROM reports_correctionplace p WHERE p.correction_id = c.id))"
    )
    for sign in ("c.units > 0", "c.units < 0"):  # what is taken back has the place of what it was
        cursor.execute(PLACES.format(rows=missing.format(sign=sign)))
    columns = ", ".join(COLUMNS)
    cursor.execute("DELETE FROM reports_touchedpurchase")
    cursor.execute("DELETE FROM reports_keptpurchase")
    cursor.execute(
        f"INSERT INTO reports_keptpurchase ({columns})"  # noqa: S608 - words of this package alone
        f" SELECT {columns} FROM ({FACTS.format(purchases=EVERY)}) facts"
    )
    cursor.execute("DELETE FROM reports_sumdelta")
    cursor.execute("DELETE FROM reports_daysum")
    cursor.execute(
        "INSERT INTO reports_daysum (kind, recall_id, day, key, value)"  # noqa: S608 - words of this package alone
        f" SELECT kind, recall_id, day, key, value FROM ({of_all_rows()}) counted"
    )
