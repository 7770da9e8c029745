"""Folds what was added into the sums of its days.

Guarantees: what is folded counts the same before and after, for whoever reads at that moment; two
that fold at once do so one after the other; killed half-way, nothing is lost and nothing counted
twice.
"""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from recalldesk.reports.sums.purchases import COLUMNS, FACTS

FOLDING = 0x666F_6C64_696E_67
"""The advisory lock of whoever folds."""
AT_ONCE = 100_000
PURCHASES_AT_ONCE = 20_000
FOLD = """
WITH taken AS (
    DELETE FROM reports_sumdelta WHERE id IN (
        SELECT id FROM reports_sumdelta ORDER BY id LIMIT %s
    ) RETURNING kind, recall_id, day, key, value
), folded AS (
    INSERT INTO reports_daysum AS kept (kind, recall_id, day, key, value)
    SELECT kind, recall_id, day, key, sum(value) FROM taken
    GROUP BY kind, recall_id, day, key HAVING sum(value) <> 0
    ON CONFLICT (kind, recall_id, day, key)
    DO UPDATE SET value = kept.value + excluded.value
) SELECT count(*) FROM taken
"""
TAKE = """
DELETE FROM reports_touchedpurchase WHERE id IN (
    SELECT id FROM reports_touchedpurchase ORDER BY id LIMIT %s
) RETURNING purchase_id
"""
_SET = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
_KEPT, _EXCLUDED = (
    ", ".join(f"{of}.{column}" for column in COLUMNS[1:]) for of in ("kept", "excluded")
)
GIVEN = "SELECT DISTINCT unnest(%s::bigint[]) AS purchase_id"
KEEP = f"""
INSERT INTO reports_keptpurchase AS kept ({", ".join(COLUMNS)})
SELECT {", ".join(COLUMNS)} FROM ({FACTS.format(purchases=GIVEN)}) facts
ON CONFLICT (purchase_id) DO UPDATE SET {_SET}
WHERE ROW({_KEPT}) IS DISTINCT FROM ROW({_EXCLUDED})
"""  # noqa: S608 - words of this package alone
GONE = """
DELETE FROM reports_keptpurchase WHERE purchase_id = ANY (%s) AND NOT EXISTS (
    SELECT FROM purchasers_purchase bought WHERE bought.id = reports_keptpurchase.purchase_id
        AND bought.unmatched_at IS NULL AND bought.units > bought.units_back
)
"""


def fold() -> int:
    """Folds all that waits; how many rows it were."""
    done = 0
    for one_round in (_look_again, _fold_once):
        while taken := one_round():
            done += taken
    return done


@transaction.atomic
def _fold_once() -> int:
    with connection.cursor() as cursor:
        alone(cursor)
        cursor.execute(FOLD, [AT_ONCE])
        return int(cursor.fetchone()[0])


@transaction.atomic
def _look_again() -> int:
    """Looks at purchases that were touched. What is written of one meanwhile touches it anew."""
    with connection.cursor() as cursor:
        alone(cursor)
        cursor.execute(TAKE, [PURCHASES_AT_ONCE])
        touched = [number for (number,) in cursor.fetchall()]
        if touched:
            cursor.execute(KEEP, [touched])
            cursor.execute(GONE, [touched])
        return len(touched)


def alone(cursor: CursorWrapper) -> None:
    """Nobody else folds until this transaction ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLDING])
