"""The lock between holds and erasures.

Guarantee: a hold is placed either before an erasure, which then sees it, or after it was done;
never beside it. Whoever erases takes `lock_erasing` first of all in its transaction, before any
row, so that no two wait for each other; erasures do not wait for one another.
"""

from django.db import connection

KEEPING = 0x006B_6565_7069_6E67
"""The number of the advisory lock."""


def lock_erasing() -> None:
    """Until this transaction ends no hold is placed. Call it before anything is locked."""
    _run("SELECT pg_advisory_xact_lock_shared(%s)")


def lock_holding() -> None:
    """Waits until every erasure that is under way has ended; until this transaction ends none
    begins."""
    _run("SELECT pg_advisory_xact_lock(%s)")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [KEEPING])
