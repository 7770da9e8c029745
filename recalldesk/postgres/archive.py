"""Archived changes: each piece of the write-ahead log, copied elsewhere at least once a minute.

Guarantees: a piece is in the archive whole or not at all, written to the disk before the server is
told so, and never replaced by another of the same name; only its user may read it. Pieces are
packed: after a quiet minute one of 16 MB takes a few kB.
"""

import os
import re
import shlex
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from recalldesk.foundation import private_files
from recalldesk.postgres import privileges
from recalldesk.postgres.errors import ArchiveUnusableError
from recalldesk.postgres.privileges import Account

AT_LEAST_EVERY_SECONDS = 60
PACKED = ".gz"
PIECE = re.compile(r"([0-9A-F]{8})([0-9A-F]{16})(\.[0-9A-F]{8}\.backup|\.partial)?\.gz")
NOTHING = "exit 1"
"""The command that finds no piece."""


def archiving(folder: Path) -> dict[str, str]:
    """PostgreSQL's settings under which a server copies its changes into the folder."""
    place, draft = _quoted(folder, "%f.gz"), _quoted(folder, ".%f.part")
    is_there = f"gzip -cd {place} 2>/dev/null | cmp -s - %p"
    copied = f"gzip -c -1 %p > {draft} && sync {draft} && mv {draft} {place} && sync"
    return {
        "archive_mode": "on",
        "archive_timeout": str(AT_LEAST_EVERY_SECONDS),
        "archive_command": f"{is_there} || {{ test ! -e {place} && {copied}; }}",
    }


def fetching(folder: Path | None) -> str:
    """The command by which a server that recovers fetches a piece; it finds none without folder."""
    if folder is None:
        return NOTHING
    place = _quoted(folder, "%f.gz")
    return f"test -f {place} && gzip -cd {place} > %p"


def prepare(folder: Path, account: Account) -> None:
    """Makes the folder for the server's user. Raises ArchiveUnusableError."""
    try:
        if not folder.is_dir():
            private_files.make_home(folder)
            if account.is_another:
                os.chown(folder, account.uid, account.gid)
    except OSError as error:
        raise ArchiveUnusableError(
            f"The folder {folder} for archived changes cannot be made: {error.strerror}.",
            "Name one with RECALLDESK_ARCHIVE_FOLDER that can.",
        ) from error
    if not privileges.passes(account, "-w", folder):
        raise ArchiveUnusableError(
            f"The database's user {account.name} cannot write in {folder}.",
            f"Give it to that user (`chown {account.name} {folder}`), and let it pass through "
            "the folders above.",
        )


def newest_at(folder: Path) -> datetime | None:
    """When the newest piece came; None where there is none."""
    times = list[float]()
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        times = [each.stat().st_mtime for each in entries if PIECE.fullmatch(each.name)]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def drop_before(folder: Path, first: str) -> int:
    """Removes pieces that no backup needs which begins with the piece `first`; how many.

    Histories of time lines stay: they are small, and say which pieces follow on which.
    """
    dropped = 0
    for path in folder.iterdir():
        found = PIECE.fullmatch(path.name)
        if found and found[2] < first[8:24]:
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def _quoted(folder: Path, name: str) -> str:
    """A path for the shell; the server takes `%%` in its commands for `%`."""
    return shlex.quote(str(folder).replace("%", "%%") + "/") + name
