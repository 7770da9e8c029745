"""The tables: made by one program at a time, and known to be as this version expects them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from recalldesk.config.home import unfinished_restore
from recalldesk.config.tables import run_migrations
from recalldesk.foundation.problem import Problem

TABLES, DEMO = 7_325_001, 7_325_002
"""Numbers of PostgreSQL's advisory locks, as no other program is likely to use them."""


class DatabaseNotPrepared(Problem):
    """Tables are missing, or are those of an older version."""


class RestoreUnfinished(DatabaseNotPrepared):
    """A restore was broken off: what is there must not be served."""


class TooManyConnections(Problem):
    """The programs would open more connections than the database takes."""


@contextmanager
def one_at_a_time(number: int, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds an advisory lock of the database; calls `waiting` where another program has it.

    The database frees it when this program's connection ends, however that happens.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        row = cursor.fetchone()
        if not (row and row[0]):
            waiting()
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def prepare_database(waiting: Callable[[], None]) -> None:
    """Makes or updates all tables; safe in several programs at once, and again.

    Raises RestoreUnfinished.
    """
    refuse_unfinished_restore()
    update_tables(waiting)


def update_tables(waiting: Callable[[], None]) -> None:
    """The same, also for a restore that is at work."""
    with one_at_a_time(TABLES, waiting):
        run_migrations()


@cache
def _expected() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def is_prepared() -> bool:
    """Whether every table is as this version expects it. Raises the database's own errors."""
    return _expected() <= MigrationRecorder(connection).applied_migrations().keys()


def refuse_unfinished_restore() -> None:
    """Raises RestoreUnfinished."""
    if unfinished_restore(settings.HOME).exists():
        raise RestoreUnfinished(
            "A restore is at work here, or was broken off.",
            "Wait for it, or run `recalldesk restore` again as before.",
        )


def unknown_migrations() -> list[str]:
    """Steps that the database has taken and this version does not know: it is of a newer one."""
    known = MigrationLoader(None)
    applied = MigrationRecorder(connection).applied_migrations().keys()
    ours = {app for app, _ in _expected()}
    return sorted(
        f"{app}.{name}" for app, name in applied - _expected() - _replaced(known) if app in ours
    )


def missing_migrations() -> list[str]:
    """Steps that this version expects and the database has not taken."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return sorted(f"{app}.{name}" for app, name in _expected() - applied)


def _replaced(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Steps that squashed ones of today stand for."""
    return {each for step in loader.disk_migrations.values() for each in step.replaces}


def refuse_unprepared() -> None:
    """Raises DatabaseNotPrepared, also where a restore was broken off."""
    refuse_unfinished_restore()
    if not is_prepared():
        raise DatabaseNotPrepared(
            "The database has no tables yet, or those of an older version.",
            "Run `recalldesk database prepare`.",
        )


def refuse_too_many_connections(wanted: int) -> None:
    """Raises TooManyConnections where the database takes fewer than are wanted at most."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int")
        (taken,) = cursor.fetchone() or (wanted,)
    if wanted > taken:
        raise TooManyConnections(
            f"This would open up to {wanted} connections to the database, which takes {taken} "
            "(max_connections).",
            "Name fewer web processes (--workers or RECALLDESK_WORKERS) or jobs at once "
            "(RECALLDESK_JOBS_AT_ONCE), or raise max_connections of your database.",
        )
