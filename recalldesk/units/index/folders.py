"""The folder of all indexes: who enters it, who builds in it, what is removed from it.

Guarantees: nobody but its user reads it, from the first byte on; one program at a time builds in
it, and one that dies gives its place up; what a killed builder left is removed by the next; the
folder of a version that is needed, or was until a while ago, is never removed.
"""

import os
import re
import secrets
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from recalldesk.foundation import private_files
from recalldesk.foundation.file_lock import FileLock

BEING_BUILT = ".building-"
OURS = re.compile(r"(?:.+-v\d+|joined)-[0-9a-f]{16}-f\d+")
"""Names that `units.indexing.index_name` and `joined.name_of` give; nothing else there is ours."""
KEPT_AFTER_ITS_TIME = timedelta(minutes=10)
"""A process asks each second which versions are live, so that none opens an older one by then. One
that has it open reads on: a mapped file outlives its name."""


@contextmanager
def only_builder(root: Path) -> Iterator[None]:
    """Waits until nobody else builds, on this machine, in this folder, and keeps others waiting.

    Each build takes more than a gigabyte for a list of a million.
    """
    private_files.make_home(root.parent)
    lock = _lock_of(root)
    lock.wait_exclusive()
    try:
        with suppress(FileExistsError):
            private_files.make_folder(root)
        _sweep(root)
        yield
    finally:
        lock.release()


def new_folder(root: Path) -> Path:
    """A folder in which the only builder writes an index."""
    folder = root / f"{BEING_BUILT}{secrets.token_hex(8)}"
    private_files.make_folder(folder)
    return folder


def settle(folder: Path, final: Path) -> None:
    """Puts the finished folder in the place of one that was damaged, or of another format."""
    for path in (folder, *folder.rglob("*")):
        _fsync(path)
    shutil.rmtree(final, ignore_errors=True)
    folder.rename(final)
    _fsync(final.parent)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


class Unneeded:
    """The folders that no version needs any more, and since when this process knows it."""

    def __init__(self) -> None:
        self._since: dict[Path, datetime] = {}

    def remove(self, root: Path, *, needed: Container[str], at: datetime) -> None:
        """Closes to others what an older program left open, and removes what nobody needs.

        Where somebody builds, that is for later. Raises OSError.
        """
        if not root.is_dir():
            return
        private_files.close_to_others(root)
        found = {
            folder: self._since.get(folder, at)
            for folder in root.iterdir()
            if OURS.fullmatch(folder.name) and folder.name not in needed
        }
        self._since = found
        lock = _lock_of(root)
        if not lock.try_exclusive():
            return
        try:
            _sweep(root)
            for folder, since in found.items():
                if at - since >= KEPT_AFTER_ITS_TIME:
                    shutil.rmtree(folder)
        finally:
            lock.release()


def _lock_of(root: Path) -> FileLock:
    """Beside the folder, so that it stays where somebody removes the folder while others build."""
    return FileLock(root.with_name(f"{root.name}.lock"))


def _sweep(root: Path) -> None:
    """Removes what builders that were killed left behind; the lock is held, so none is alive."""
    for left in root.glob(f"{BEING_BUILT}*"):
        shutil.rmtree(left)
