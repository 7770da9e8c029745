"""Brings a backup back, with all that was archived after it, and does what must follow.

Guarantees: a backup that is not as it was taken is not used; nothing is overwritten; whatever goes
wrong is said, and the next try begins anew.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from recalldesk.audit.findings import Verified
from recalldesk.audit.heads import signing_key
from recalldesk.audit.verifying import verify
from recalldesk.config.database import unknown_migrations, update_tables
from recalldesk.config.embedded.base import durability
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.evidence.matching import Matched, match_files
from recalldesk.foundation.private_files import make_home
from recalldesk.operating.backups import dumping
from recalldesk.operating.backups.files import wrong_files
from recalldesk.operating.backups.kept import Backup, chosen
from recalldesk.operating.backups.manifest import Kind
from recalldesk.operating.backups.taking import DATABASE, HOME, JOURNAL
from recalldesk.operating.errors import BackupUnusable, DatabaseNewer
from recalldesk.operating.restoring.afterwards import Settled, settle
from recalldesk.operating.restoring.place import Place, emptied_home
from recalldesk.postgres import recovery, verifying
from recalldesk.remedies import journal
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open


@dataclass(frozen=True)
class Restored:
    """What came back. `journal_was_there`: it is as it was when things went wrong. `photos`: whose
    files are there; None where the store does not answer."""

    backup: Backup
    settled: Settled
    journal_was_there: bool
    verified: Verified
    photos: Matched | None


@dataclass(frozen=True)
class Asked:
    """What is to be restored: a folder of backups, or one; up to when; with which archive."""

    folder: Path
    until: datetime | None = None
    archive: Path | None = None
    database_stands: bool = False


def restore(asked: Asked, waiting: Callable[[], None]) -> Restored:
    """Restores into the empty data folder. `waiting` is called where another program has the
    tables. Raises OperatingProblem, PostgresError, LogKeyUnusable, SealingError, OSError.
    """
    signing_key()
    backup = chosen(asked.folder.absolute(), until=asked.until)
    _refuse_unfit(backup, asked)
    with emptied_home(database_stands=asked.database_stands) as place:
        was_there = _put_files_back(backup, place.home)
        _put_database_back(backup, asked, place)
        _refuse_newer()
        update_tables(waiting)
        refuse_keys_that_do_not_open()
        settled = settle(backup_of=backup.manifest.taken_at, journal_lost=not was_there)
    return Restored(backup, settled, was_there, verify(), _matched_photos())


def _matched_photos() -> Matched | None:
    """Brings back from the second disk what came after the backup; none is said to be lost."""
    try:
        return match_files()
    except (StoreUnreachable, OSError):
        return None


def _refuse_unfit(backup: Backup, asked: Asked) -> None:
    """Raises BackupUnusable, BackupFailedError."""
    kind, place = backup.manifest.kind, backup.folder
    if not asked.database_stands:
        fitting = Kind.CLUSTER if settings.EMBEDDED_DATABASE else Kind.DUMP
        if kind is not fitting:
            raise BackupUnusable(
                f"The backup in {place} is one of {kind.value!r}, and this installation restores "
                f"{fitting.value!r}.",
                "Set or unset DATABASE_URL as it was when the backup was taken; of files only, "
                "have the database restored first and say --database-stands.",
            )
    if asked.until is not None and (asked.database_stands or kind is not Kind.CLUSTER):
        raise BackupUnusable(
            "Only the embedded server can be restored up to a moment.",
            "Leave --until out; your database's own people can do it (docs/operating.md).",
        )
    wrong = wrong_files(place, backup.manifest.files)
    if wrong:
        raise BackupUnusable(
            f"{len(wrong):,} files of the backup in {place} are not as they were taken; the first "
            f"is {wrong[0]}.",
            "Use another backup.",
        )
    if kind is Kind.CLUSTER and not asked.database_stands:
        verifying.verify(place / DATABASE)


def _put_files_back(backup: Backup, home: Path) -> bool:
    """Whether the journal was there, or none was ever written; where it is gone, the backup's is
    put in its place."""
    mode = home.stat().st_mode
    shutil.copytree(backup.folder / HOME, home, dirs_exist_ok=True)
    home.chmod(
        mode
    )  # copytree gives it the backup's, through which the database's user cannot pass
    folder = journal.journal_folder()
    if (folder / journal.FILE).exists() or not (backup.folder / JOURNAL / journal.FILE).exists():
        return True
    make_home(folder)
    shutil.copytree(backup.folder / JOURNAL, folder, dirs_exist_ok=True)
    return False


def _put_database_back(backup: Backup, asked: Asked, place: Place) -> None:
    if place.database_stands:
        return
    if backup.manifest.kind is Kind.DUMP:
        place.note_load()
        dumping.load(backup.folder)
        return
    recovery.recover(
        settings.EMBEDDED_FOLDER,
        backup.folder / DATABASE,
        fetched_from=asked.archive or settings.ARCHIVE_FOLDER,
        until=asked.until,
        settings=durability(),
        run_as=settings.ENVIRONMENT.embedded_user or None,
    )


def _refuse_newer() -> None:
    unknown = unknown_migrations()
    if unknown:
        raise DatabaseNewer(
            f"The backup is of a newer version of Recalldesk ({unknown[-1]} is not known here).",
            "Install that version, and restore again.",
        )
