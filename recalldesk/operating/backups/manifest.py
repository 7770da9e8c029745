"""What a backup says of itself: when, of what, and the digest of each file beside the database.

Guarantee: it is written last, so that a backup without one was broken off and counts as none.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from recalldesk.foundation.private_files import create_private
from recalldesk.operating.errors import BackupUnusable

NAME, FORM = "manifest.json", 1


class Kind(StrEnum):
    """How the database was copied."""

    CLUSTER = "cluster"
    """All of the embedded server, by pg_basebackup."""
    DUMP = "dump"
    """The database of DATABASE_URL, by pg_dump."""
    FILES = "files"
    """Files only: the firm's own people copy the database."""


@dataclass(frozen=True)
class FileEntry:
    """One file: its size and the SHA-256 of its bytes."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`taken_at`: the copy of the database holds all that was committed before. `head`: the signed
    head of the log at that moment, or empty. `first_piece`: the archived change it begins with.
    """

    version: str
    kind: Kind
    begun_at: datetime
    taken_at: datetime
    first_piece: str = ""
    head: str = ""
    bucket: str = ""
    files: Mapping[str, FileEntry] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all files beside the database."""
        return sum(entry.size for entry in self.files.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts it into a backup's folder, written to the disk. Raises OSError."""
    content = {
        "form": FORM,
        **asdict(manifest),
        "begun_at": manifest.begun_at.isoformat(),
        "taken_at": manifest.taken_at.isoformat(),
    }
    with os.fdopen(create_private(folder / NAME), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """What the backup in this folder says of itself. Raises BackupUnusable."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if content.pop("form") != FORM:
            raise BackupUnusable(
                f"The backup in {folder} was taken by a newer version of Recalldesk.",
                "Restore it by that version.",
            )
        files = {name: FileEntry(**entry) for name, entry in content.pop("files").items()}
        begun_at, taken_at = (datetime.fromisoformat(content.pop(each)) for each in _MOMENTS)
        kind = Kind(content.pop("kind"))
        return Manifest(kind=kind, files=files, begun_at=begun_at, taken_at=taken_at, **content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupUnusable(
            f"There is no whole backup in {folder}: its {NAME} is not there or cannot be read.",
            "Name the folder in which `recalldesk backup` puts backups, or one backup in it.",
        ) from error


_MOMENTS = ("begun_at", "taken_at")
