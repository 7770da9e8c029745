"""The files of the data folder that a backup holds beside the database, copied while all runs.

Guarantees: no secret is copied, nor what can be made anew; a file that did not change since the
last backup is the same file on the disk (a second name), so that keeping many costs little.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from recalldesk.foundation import private_files
from recalldesk.operating.backups.manifest import FileEntry

LEFT_OUT = frozenset(
    {
        *("postgres", "index", "static", "journal", "mail", "sms"),
        *("papers", "passing", "metrics"),
        *("secrets.json", "secrets.part", "RESTORE_UNFINISHED"),
    }
)
"""The database and the journal, which are kept otherwise; what is made anew, also what passes
through in the clear; secrets; what a demo wrote instead of sending."""
UNFINISHED = (".part", ".lock", ".writable")
CHUNK = 1024 * 1024


def copy_files(
    source: Path, target: Path, *, last: Path | None, known: Mapping[str, FileEntry]
) -> dict[str, FileEntry]:
    """Copies what lies in `source` into a new folder; its files by their names below it.

    `last`: the same folder of the backup before, and `known` what its manifest says of it.
    """
    private_files.make_home(target)
    copied = dict[str, FileEntry]()
    for path in _files_of(source):
        name = str(path.relative_to(source))
        goal = target / name
        goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            same = last / name if last is not None and name in known else None
            if same is not None and _is_unchanged(path, same):
                os.link(same, goal)
                copied[name] = known[name]
            else:
                copied[name] = _copied(path, goal)
        except FileNotFoundError:  # an owner had it erased meanwhile
            goal.unlink(missing_ok=True)
    return copied


def wrong_files(folder: Path, files: Mapping[str, FileEntry]) -> list[str]:
    """The names of those that are not in the folder as the manifest says."""
    return [name for name, entry in files.items() if _entry_or_none(folder / name) != entry]


def _files_of(source: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(source):
        left_out = LEFT_OUT if Path(place) == source else frozenset[str]()
        folders[:] = [each for each in folders if each not in left_out]
        for each in sorted(set(names) - left_out):
            path = Path(place) / each
            if not each.endswith(UNFINISHED) and path.is_file() and not path.is_symlink():
                yield path


def _is_unchanged(path: Path, same: Path) -> bool:
    """By size and the moment of its last change, which a copy keeps."""
    now, then = path.stat(), same.stat()
    return (now.st_size, now.st_mtime_ns) == (then.st_size, then.st_mtime_ns)


def _copied(path: Path, goal: Path) -> FileEntry:
    descriptor = private_files.create_private(goal)
    with os.fdopen(descriptor, "wb") as to, path.open("rb") as read:
        shutil.copyfileobj(read, to, CHUNK)
        to.flush()
        os.fsync(to.fileno())
    times = path.stat()
    os.utime(goal, ns=(times.st_atime_ns, times.st_mtime_ns))
    return _entry(goal)


def _entry_or_none(path: Path) -> FileEntry | None:
    try:
        return _entry(path)
    except FileNotFoundError:
        return None


def _entry(path: Path) -> FileEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.stat().st_size, digest)
