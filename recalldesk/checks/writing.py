"""Writes a batch of counts to the database.

Guarantee: a batch is added once, however often it is tried. Where the database's word that it was
kept got lost, the database is asked before it is written again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import DataError, OperationalError, connection, transaction

Kind = tuple[str | None, int | None, int, str, str, str]
"""Recall and version, or neither; the minute, counted from 1970; the verdict; the source; the
shop, or nothing."""

# One statement, in one order of rows for all processes, so that none waits for another in a ring.
ADD = """
    INSERT INTO checks_checkcount (recall_id, version, minute, verdict, source, shop, count)
    SELECT recall.id, counted.version, to_timestamp(counted.minute * 60.0), counted.verdict,
        counted.source, counted.shop, counted.count
    FROM unnest(
        %s::text[], %s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[]
    ) AS counted (slug, version, minute, verdict, source, shop, count)
    LEFT JOIN recalls_recall AS recall ON recall.slug = counted.slug
    WHERE counted.slug IS NULL OR recall.id IS NOT NULL
    ORDER BY recall.id, counted.minute, counted.version, counted.verdict, counted.source,
        counted.shop
    ON CONFLICT (recall_id, minute, version, verdict, source, shop)
    DO UPDATE SET count = checks_checkcount.count + EXCLUDED.count
"""


@dataclass
class Batch:
    """Counts that are written together. `transaction` is the one that tried it last."""

    counts: Mapping[Kind, int]
    transaction: str = ""


def write(batch: Batch) -> None:
    """Adds the batch's counts to those of the database. Raises what the database raises."""
    if batch.transaction and _was_kept(batch.transaction):
        return
    rows = [
        (slug, version, minute, str(verdict), str(source), shop, count)
        for (slug, version, minute, verdict, source, shop), count in batch.counts.items()
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (batch.transaction,) = cursor.fetchone()
        cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


def _was_kept(number: str) -> bool:
    """Whether the transaction came to its end. Raises OperationalError while that is open."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_xact_status(%s::xid8)", [number])
            (status,) = cursor.fetchone()
    except DataError:
        return False  # another database than the one it was tried on, as after a restore
    if status == "in progress":
        raise OperationalError("the last attempt has not ended yet")
    return bool(status == "committed")
