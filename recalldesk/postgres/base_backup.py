"""A copy of a running server's whole database, made by PostgreSQL's own program.

Guarantees: the copy is whole by itself, with the changes made while it was taken; its manifest
holds a digest of each file; the password travels in the environment of a program of ours only.
"""

import re
import shutil
from pathlib import Path

from recalldesk.postgres import privileges
from recalldesk.postgres.binaries import installed
from recalldesk.postgres.errors import BackupFailedError
from recalldesk.postgres.server import Connection

LABEL = "backup_label"
BEGINS_WITH = re.compile(r"^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)$", re.MULTILINE)


def take(connection: Connection, folder: Path, *, is_synced: bool = True) -> None:
    """Copies the server's database into a new folder. Raises BackupFailedError."""
    command: list[str | Path] = [
        installed().program("pg_basebackup"),
        *(
            "-h",
            connection.host,
            "-p",
            str(connection.port),
            "-U",
            connection.user,
            "--no-password",
        ),
        *("--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256"),
        *("--label", "recalldesk", "-D", folder),
    ]
    if not is_synced:
        command.append("--no-sync")
    code, printed = privileges.run(
        privileges.ourselves(), command, environment={"PGPASSWORD": connection.password}
    )
    if code != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackupFailedError(
            f"The database was not copied; pg_basebackup says:\n{_tail(printed)}",
            "Mend what it names (often a full disk) and take the backup again.",
        )


def first_piece(folder: Path) -> str:
    """The name of the piece of the write-ahead log with which a copy begins. Raises OSError, or
    BackupFailedError where the copy does not say it.
    """
    found = BEGINS_WITH.search((folder / LABEL).read_text(encoding="utf-8", errors="replace"))
    if found is None:
        raise BackupFailedError(f"{folder / LABEL} does not say where the backup begins.")
    return found[1]


def _tail(printed: str) -> str:
    return "\n".join(printed.strip().splitlines()[-10:])
