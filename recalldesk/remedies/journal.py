"""What left this house, written outside the database: a restore knows it all the same.

Guarantees: a line is on the disk, synchronised, before `note` returns; a line that a crash cut is
left out by whoever reads, and the next begins on a line of its own; nothing in it names a person
or holds a gift code in clear.
"""

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from recalldesk.foundation import clock
from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.private_files import make_folder, open_private

FILE, LOCK = "journal.jsonl", "journal.lock"
Append = Callable[[Path, Sequence[Mapping[str, str]]], None]
"""How lines get to the disk: `append_synchronised`; in a drill, by way of a disk that fills."""


def journal_folder() -> Path:
    """Where it stands: `RECALLDESK_JOURNAL_FOLDER`, best on another disk than the database."""
    folder: Path = settings.JOURNAL_FOLDER
    return folder


def note(kind: str, entry: Mapping[str, str]) -> None:
    """Adds one line. Raises OSError, after which nothing may leave."""
    note_all(kind, [entry])


def note_all(kind: str, entries: Sequence[Mapping[str, str]]) -> None:
    """Adds a line for each, synchronised once. Raises OSError, after which nothing may leave."""
    folder = journal_folder()
    if not folder.exists():
        with suppress(FileExistsError):  # another program made it meanwhile
            make_folder(folder)
    lock = FileLock(folder / LOCK)
    lock.wait_exclusive()
    at = clock.now().isoformat()
    append: Append = import_string(settings.JOURNAL_APPENDS)
    try:
        append(folder / FILE, [{"kind": kind, "at": at, **entry} for entry in entries])
    finally:
        lock.release()


def lines(kind: str = "") -> Iterator[Mapping[str, str]]:
    """Every line, or those of one kind, the oldest first."""
    path = journal_folder() / FILE
    if not path.exists():
        return
    with os.fdopen(open_private(path, os.O_RDONLY), encoding="utf-8", errors="replace") as file:
        for line in file:
            entry = _read(line)
            if entry is not None and kind in ("", entry.get("kind")):
                yield entry


def lines_from(place: int, kinds: Collection[str]) -> tuple[list[Mapping[str, str]], int]:
    """The whole lines of some kinds from a place in the file on, and the place after the last one.

    A file that is shorter than that is another one: it is read from its start.
    """
    path = journal_folder() / FILE
    if not path.exists():
        return [], 0
    with os.fdopen(open_private(path, os.O_RDONLY), "rb") as file:
        if file.seek(0, os.SEEK_END) < place:
            place = 0
        file.seek(place)
        whole = file.read()
    whole = whole[: whole.rfind(b"\n") + 1]
    read = (_read(line.decode("utf-8", "replace")) for line in whole.splitlines())
    return [line for line in read if line and line.get("kind") in kinds], place + len(whole)


def append_synchronised(path: Path, entries: Sequence[Mapping[str, str]]) -> None:
    """Adds lines to a file, and returns once they are on the disk. The caller has it for itself.

    Raises OSError; then some may be there, and one of them in part.
    """
    descriptor = open_private(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        text = b"".join(json.dumps(each, sort_keys=True).encode() + b"\n" for each in entries)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            text = b"\n" + text  # a crash cut the line before
        written = 0
        while written < len(text):
            written += file.write(text[written:]) or 0
        os.fsync(file.fileno())


def _read(line: str) -> Mapping[str, str] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
