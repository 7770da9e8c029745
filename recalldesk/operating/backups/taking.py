"""Takes a backup while everything runs: the database first, then the files that its rows name.

Guarantees: a backup is whole or counts as none; two at once wait for each other; no secret is in
it. What is not in it and must be kept elsewhere is said (`KEEP_ELSEWHERE`).
"""

import importlib.metadata
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from recalldesk.audit.actions import record_change
from recalldesk.audit.errors import LogProblem
from recalldesk.audit.heads import head_now
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Actor, Subject
from recalldesk.config.embedded.base import joined
from recalldesk.config.profile import Profile
from recalldesk.foundation import clock
from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.private_files import make_home
from recalldesk.operating.backups import dumping, kept
from recalldesk.operating.backups.files import copy_files
from recalldesk.operating.backups.kept import Backup, backups_in
from recalldesk.operating.backups.manifest import FileEntry, Kind, Manifest, write_manifest
from recalldesk.operating.errors import OperatingProblem
from recalldesk.postgres import base_backup
from recalldesk.remedies.journal import journal_folder

DATABASE, HOME, JOURNAL = "database", "home", "journal"
"""The folders of a backup."""
BACKED_UP = "backed_up"
KEEP_ELSEWHERE = (
    "the environment: RECALLDESK_SECRET_KEY, _SEALING_KEYS, _LOOKUP_KEY, _LOG_KEY and the "
    "providers' keys. Without the sealing and look-up keys a restore reads no personal data",
    "the journal's folder (RECALLDESK_JOURNAL_FOLDER), best on another disk: a restore needs it "
    "as it is now, not as it was when the backup was taken",
    "the heads of the log that left",
)


@dataclass(frozen=True)
class Taken:
    """A backup, and what was removed since it is there."""

    backup: Backup
    dropped: int
    pieces_dropped: int


def take_backup(folder: Path, *, files_only: bool = False, before_upgrade: bool = False) -> Taken:
    """A new backup in the folder, of which older ones go when their days are over.

    `before_upgrade`: tables may lack what a row of the log needs, so that the caller notes it later
    (`note_backup`). Raises OperatingProblem, PostgresError, OSError.
    """
    folder = folder.absolute()
    _refuse_place(folder)
    make_home(folder)
    lock = FileLock(folder / "backup.lock")
    lock.wait_exclusive()
    try:
        for leftover in folder.glob(f"{kept.DRAFT}*"):
            shutil.rmtree(leftover)
        backup = _taken(folder, files_only=files_only, head="" if before_upgrade else _head())
        dropped = kept.drop_old(folder, kept=settings.BACKUPS_KEPT)
        archived_in = settings.ARCHIVE_FOLDER
        pieces = kept.drop_archived(folder, archived_in) if archived_in else 0
    finally:
        lock.release()
    if not before_upgrade:
        note_backup(backup.manifest.taken_at)
    return Taken(backup, len(dropped), pieces)


def note_backup(taken_at: datetime) -> None:
    """Says in the log that a backup was taken."""
    record_change(
        subject=Subject.DATABASE,
        subject_id=int(taken_at.timestamp()),
        to_state=BACKED_UP,
        actor=Actor.MACHINE,
    )


def _taken(folder: Path, *, files_only: bool, head: str) -> Backup:
    begun_at = clock.now()
    draft = folder / f"{kept.DRAFT}{begun_at:%Y%m%dT%H%M%S%fZ}"
    make_home(draft)
    try:
        kind = _copy_database(draft, files_only=files_only)
        taken_at = clock.now()
        files = _copy_all_files(folder, draft)
        first = base_backup.first_piece(draft / DATABASE) if kind is Kind.CLUSTER else ""
        manifest = Manifest(
            version=importlib.metadata.version("recalldesk"),
            kind=kind,
            begun_at=begun_at,
            taken_at=taken_at,
            first_piece=first,
            head=head,
            bucket=settings.ENVIRONMENT.s3_bucket,
            files=files,
        )
        write_manifest(draft, manifest)
        goal = folder / draft.name.removeprefix(kept.DRAFT)
        draft.rename(goal)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Backup(goal, manifest)


def _copy_database(draft: Path, *, files_only: bool) -> Kind:
    if files_only:
        return Kind.FILES
    if settings.EMBEDDED_DATABASE:
        is_synced = settings.PROFILE is not Profile.TEST
        base_backup.take(joined(), draft / DATABASE, is_synced=is_synced)
        return Kind.CLUSTER
    dumping.dump(draft)
    return Kind.DUMP


def _copy_all_files(folder: Path, draft: Path) -> dict[str, FileEntry]:
    """Files of the data folder and of the journal, by their names in the backup."""
    before = backups_in(folder)
    last = before[-1] if before else None
    files = dict[str, FileEntry]()
    for part, source in ((HOME, settings.HOME), (JOURNAL, journal_folder())):
        prefix = f"{part}/"
        known = {
            name.removeprefix(prefix): entry
            for name, entry in (last.manifest.files if last else {}).items()
            if name.startswith(prefix)
        }
        copied = copy_files(
            source, draft / part, last=last.folder / part if last else None, known=known
        )
        files |= {f"{prefix}{name}": entry for name, entry in copied.items()}
    return files


def _head() -> str:
    """The signed head of the log as it stands, so that a restore can say what it lost; nothing
    where none can be made."""
    try:
        seal_what_waits()
        return head_now().text
    except LogProblem:
        return ""


def _refuse_place(folder: Path) -> None:
    home: Path = settings.HOME
    if folder.resolve().is_relative_to(home.resolve()):
        raise OperatingProblem(
            f"{folder} lies in the data folder {home}, which a backup is to outlive.",
            "Name a folder on another disk or machine.",
        )
