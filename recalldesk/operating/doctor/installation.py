"""What stands outside the database: settings, the data folder, space on the disks."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.files.storage import storages

from recalldesk.config.home import unfinished_restore
from recalldesk.evidence.copied_folder import CopiedFolder
from recalldesk.operating.doctor.findings import Finding, Level
from recalldesk.postgres.privileges import owner_if_another

LEAST_FREE = 2 * 1024**3
OTHERS_READ_OR_WRITE = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
GIB = 1024**3


def settings_unfit() -> Iterator[Finding]:
    """What the system checks find, under their own ids."""
    for message in run_checks():
        if message.level >= ERROR:
            yield Finding(message.id or "rd.D001", message.msg, message.hint or "")


def home_unfit() -> Iterator[Finding]:
    """Whose the data folder is, and who else may look into it."""
    home: Path = settings.HOME
    if unfinished_restore(home).exists():
        yield Finding(
            "rd.D002",
            f"A restore into {home} was broken off.",
            "Run `recalldesk restore` again as before.",
        )
    owner = owner_if_another(home)
    if owner:
        yield Finding(
            "rd.D003",
            f"The data folder {home} belongs to the user {owner}.",
            f"Run Recalldesk as {owner}, or give the folder to its user (`chown -R`).",
        )
    if home.is_dir() and home.stat().st_mode & OTHERS_READ_OR_WRITE:
        yield Finding(
            "rd.D004",
            f"Other users of the machine may list or write in {home}.",
            f"`chmod 700 {home}`; 711 where root runs the embedded database.",
        )


def disks_full() -> Iterator[Finding]:
    """Where less than 2 GiB is free."""
    places = {
        "the data folder": settings.HOME,
        "the archive": settings.ARCHIVE_FOLDER,
        "the backups": settings.BACKUP_FOLDER,
        "the journal": settings.JOURNAL_FOLDER,
        "copies of photos": settings.ENVIRONMENT.photo_copy_folder,
    }
    for what, folder in places.items():
        if folder is None or not folder.is_dir():
            continue
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield Finding(
                "rd.D005",
                f"Only {free / GIB:.1f} GiB are free for {what} ({folder}).",
                "Make room; without any, nothing more is taken in.",
            )


def copies_away() -> Iterator[Finding]:
    """Whether the disk for copies of photos is not there."""
    store = storages["photos"]
    if isinstance(store, CopiedFolder) and store.is_away():
        yield Finding(
            "rd.D007",
            "The disk for copies of photos (RECALLDESK_PHOTO_COPY_FOLDER) is away, or another one.",
            "Mount it. Photos are taken in meanwhile, and copied once it is there; none is erased.",
        )


def kept_on_one_disk() -> Iterator[Finding]:
    """What is to outlive the data folder's disk, and lies on it."""
    if not settings.IS_PRODUCTION:
        return
    places = {
        "RECALLDESK_ARCHIVE_FOLDER": settings.ARCHIVE_FOLDER,
        "RECALLDESK_BACKUP_FOLDER": settings.BACKUP_FOLDER,
        "RECALLDESK_JOURNAL_FOLDER": settings.JOURNAL_FOLDER,
        "RECALLDESK_PHOTO_COPY_FOLDER": settings.ENVIRONMENT.photo_copy_folder,
    }
    device = settings.HOME.stat().st_dev
    for name, folder in places.items():
        if folder is not None and folder.is_dir() and folder.stat().st_dev == device:
            yield Finding(
                "rd.D006",
                f"{name} ({folder}) is on the same disk as the data folder.",
                "Put it on another disk or machine: one broken disk would take both.",
                Level.WATCH,
            )
