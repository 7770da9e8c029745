"""Brings tables, static files and the index to what this version expects.

Guarantees: no table is changed before a backup was taken, or somebody said why there is none; a
database of a newer version is left alone; to run it again changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.config.database import (
    missing_migrations,
    refuse_unfinished_restore,
    unknown_migrations,
    update_tables,
)
from recalldesk.foundation import clock
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.operating.backups.taking import note_backup, take_backup
from recalldesk.operating.errors import BackupNeeded, DatabaseNewer, StillRunning
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open
from recalldesk.units.live import forget, join_lists, live_index, wait_for_builds

UPGRADED = "upgraded"


@dataclass(frozen=True)
class Upgraded:
    """What was done: the backup, if one was needed, and the steps that changed tables."""

    backup: Path | None
    steps: tuple[str, ...]


def upgrade(*, backups: Path | None, without_backup: str, waiting: Callable[[], None]) -> Upgraded:
    """Does all of it. `without_backup`: why none is taken. Raises OperatingProblem, PostgresError,
    SealingError, OSError.
    """
    refuse_unfinished_restore()
    _refuse_newer()
    steps = tuple(missing_migrations())
    backup = _backed_up(backups, without_backup) if steps and _is_filled() else None
    update_tables(waiting)
    refuse_keys_that_do_not_open()
    if steps:
        _note(backup, without_backup)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        live_index()
        wait_for_builds()
        join_lists()
    finally:
        forget()
    return Upgraded(backup, steps)


def _backed_up(backups: Path | None, without_backup: str) -> Path | None:
    if is_any_worker_alive():
        raise StillRunning(
            "Recalldesk is running: an older program would meet newer tables.",
            "End `recalldesk serve` and `recalldesk work`, everywhere. One that was killed counts "
            "for half a minute.",
        )
    if without_backup:
        return None
    if backups is None:
        raise BackupNeeded(
            "Tables must change, and no folder for a backup is named.",
            "Name one by --backup or RECALLDESK_BACKUP_FOLDER; or say --no-backup and why.",
        )
    return take_backup(backups, before_upgrade=True).backup.folder


def _is_filled() -> bool:
    return bool(MigrationRecorder(connection).applied_migrations())


def _note(backup: Path | None, without_backup: str) -> None:
    """In the tables as they are now: before, they may have lacked what a row needs."""
    if backup is not None:
        note_backup(clock.now())
    record_change(
        subject=Subject.DATABASE,
        subject_id=int(clock.now().timestamp()),
        to_state=UPGRADED,
        actor=Actor.MACHINE,
        note=without_backup,
    )


def _refuse_newer() -> None:
    unknown = unknown_migrations()
    if unknown:
        raise DatabaseNewer(
            f"The database is of a newer version of Recalldesk ({unknown[-1]} is not known here).",
            "Install that version. To go back, restore a backup of the older one.",
        )
