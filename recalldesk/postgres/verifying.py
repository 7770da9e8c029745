"""Whether a base backup is as it was taken: each file against its digest in the backup's manifest,
and the changes that it needs readable from the first to the last.

It is what `pg_verifybackup` does. That program of the wheel ends by a segmentation fault on Linux,
so its steps are taken here, with `pg_waldump` for the changes.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recalldesk.postgres import privileges
from recalldesk.postgres.binaries import installed
from recalldesk.postgres.errors import BackupFailedError

MANIFEST = "backup_manifest"
CHANGES = "pg_wal"
CHECKSUM = '"Manifest-Checksum"'
NOT_LISTED = frozenset({MANIFEST, "recovery.signal", "standby.signal", "postgresql.auto.conf"})
"""Files that may stand beside those of the manifest, as `pg_verifybackup` lets them."""
NAMED = 5


def verify(folder: Path) -> None:
    """Raises BackupFailedError, which names the first files that are not as they were."""
    manifest = _manifest(folder)
    wrong = list(_wrong_files(folder, manifest["Files"]))
    if wrong:
        more = f", and {len(wrong) - NAMED:,} more" if len(wrong) > NAMED else ""
        raise _not_whole(folder, f"{'; '.join(wrong[:NAMED])}{more}")
    for part in manifest["WAL-Ranges"]:
        _read_changes(folder, part)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest: dict[str, Any] = json.loads(content)
        # The digest is that of all bytes before the line that holds it.
        signed = content[: content.rindex(CHECKSUM.encode())]
        if hashlib.sha256(signed).hexdigest() != manifest["Manifest-Checksum"]:
            raise _not_whole(folder, "its manifest was changed")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _not_whole(folder, "its manifest cannot be read") from error
    return manifest


def _wrong_files(folder: Path, files: list[dict[str, Any]]) -> Iterator[str]:
    listed = set[str]()
    for entry in files:
        name = _name(entry)
        listed.add(name)
        path = folder / name
        try:
            if path.stat().st_size != entry["Size"]:
                yield f"{name} has another size"
            elif _digest(path, entry["Checksum-Algorithm"]) != entry["Checksum"]:
                yield f"{name} was changed"
        except FileNotFoundError:
            yield f"{name} is gone"
    for place, _, names in os.walk(folder):
        for each in names:
            name = str((Path(place) / each).relative_to(folder))
            if name not in listed | NOT_LISTED and not name.startswith(f"{CHANGES}/"):
                yield f"{name} was not taken with it"


def _name(entry: dict[str, Any]) -> str:
    if "Encoded-Path" in entry:
        return os.fsdecode(bytes.fromhex(entry["Encoded-Path"]))
    return str(entry["Path"])


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def _read_changes(folder: Path, part: dict[str, Any]) -> None:
    command: list[str | Path] = [
        installed().program("pg_waldump"),
        *("--quiet", "--path", folder / CHANGES, "--timeline", str(part["Timeline"])),
        *("--start", part["Start-LSN"], "--end", part["End-LSN"]),
    ]
    code, printed = privileges.run(privileges.ourselves(), command)
    if code != 0:
        raise _not_whole(folder, f"its changes cannot be read: {printed.strip()[-500:]}")


def _not_whole(folder: Path, why: str) -> BackupFailedError:
    return BackupFailedError(
        f"The backup in {folder} is not as it was taken: {why}.",
        "Use another backup, and keep this one as it is if it is all there is.",
    )
