"""The backups of a folder, and how long they are kept.

Guarantees: the newest backup is never removed; an archived change goes only when no kept backup
needs it.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from recalldesk.foundation import clock
from recalldesk.operating.backups.manifest import NAME, Manifest, read_manifest
from recalldesk.operating.errors import BackupUnusable
from recalldesk.postgres import archive

DRAFT = ".taking-"


@dataclass(frozen=True)
class Backup:
    """One that is whole, as far as its manifest says."""

    folder: Path
    manifest: Manifest


def backups_in(folder: Path) -> list[Backup]:
    """All of a folder, the oldest first. What cannot be read counts as none."""
    found = list[Backup]()
    for path in sorted(folder.glob(f"*/{NAME}")) if folder.is_dir() else []:
        try:
            if not path.parent.name.startswith(DRAFT):
                found.append(Backup(path.parent, read_manifest(path.parent)))
        except BackupUnusable:
            continue
    return sorted(found, key=lambda each: each.manifest.taken_at)


def chosen(folder: Path, *, until: datetime | None) -> Backup:
    """The newest backup taken before that moment; or the one whose folder it is itself.

    Raises BackupUnusable.
    """
    if (folder / NAME).exists():
        return Backup(folder, read_manifest(folder))
    found = [
        each for each in backups_in(folder) if until is None or each.manifest.taken_at <= until
    ]
    if not found:
        when = f" taken before {until:%Y-%m-%d %H:%M:%S} UTC" if until else ""
        raise BackupUnusable(
            f"There is no whole backup{when} in {folder}.",
            "Name the folder in which `recalldesk backup` puts backups, or one backup in it.",
        )
    return found[-1]


def drop_old(folder: Path, *, kept: timedelta) -> list[Path]:
    """Removes the backups that are older, but the newest; which."""
    old = [
        each.folder
        for each in backups_in(folder)[:-1]
        if each.manifest.taken_at < clock.now() - kept
    ]
    for path in old:
        # Without its manifest it counts as none, should this be broken off.
        (path / NAME).unlink()
        shutil.rmtree(path)
    return old


def drop_archived(folder: Path, archived_in: Path) -> int:
    """Removes archived changes from before the oldest backup; how many pieces."""
    pieces = [each.manifest.first_piece for each in backups_in(folder) if each.manifest.first_piece]
    return archive.drop_before(archived_in, pieces[0]) if pieces else 0
