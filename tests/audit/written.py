"""Rows for the log, made up; and ways to change it behind the program's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import Head, StateChange
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Reason, Subject
from recalldesk.config.triggers import keep_them_on

TABLES = (
    "audit_statechange",
    "audit_note",
    "audit_block",
    "audit_sealedchange",
    "audit_head",
)


def a_row(number: int = 1, note: str = "") -> StateChange:
    """One row about a recall that does not exist."""
    return record_change(
        subject=Subject.RECALL,
        subject_id=number,
        from_state="live",
        to_state="closed",
        reason=Reason.APPLIED,
        actor_id=7,
        recall_id=number,
        note=note,
    )


def sealed_rows(*counts: int) -> list[StateChange]:
    """So many rows in one block each, all with notes."""
    rows = []
    for count in counts:
        rows += [a_row(len(rows) + place, note=f"made up {place}") for place in range(1, count + 1)]
        seal_what_waits()
    return rows


@contextmanager
def behind_the_back(*more: str) -> Iterator[Any]:
    """A cursor of the tables' owner, past every trigger of the log, and of more tables."""
    tables = (*TABLES, *more)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        keep_them_on(connection.alias)


def forget_heads() -> None:
    """Nothing is at hand any more but what a test gives."""
    with behind_the_back() as cursor:
        cursor.execute("DELETE FROM audit_head")
    assert not Head.objects.exists()
