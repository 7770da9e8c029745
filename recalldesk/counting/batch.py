"""Writes a batch of counts to the database.

Guarantee: a batch is added once, however often it is tried. Where the database's word that it was
kept got lost, the database is asked before it is written again.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DataError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

Kind = TypeVar("Kind", bound=Hashable)
Add = Callable[[CursorWrapper, Mapping[Kind, int]], None]
"""Adds counts to those of a table, in one statement, and in one order of rows for all processes, so
that none waits for another in a ring."""


@dataclass
class Batch(Generic[Kind]):
    """Counts that are written together. `transaction` is the one that tried it last."""

    counts: Mapping[Kind, int]
    transaction: str = ""


def write(batch: Batch[Kind], add: Add[Kind]) -> None:
    """Adds the batch's counts to those of the database. Raises what the database raises."""
    if batch.transaction and _was_kept(batch.transaction):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (batch.transaction,) = cursor.fetchone()
        add(cursor, batch.counts)


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
