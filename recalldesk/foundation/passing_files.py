"""Files that stand on disk in the clear for a moment, since their reader goes through them twice.

Guarantees: they stand in a folder of their own that only its user may enter, never in the system's
folder for temporary files; they go with the moment; what a killed process left goes when the next
one starts, or takes a file.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recalldesk.foundation import private_files


@contextmanager
def folder_for_a_moment(store: Path) -> Iterator[Path]:
    """An empty folder below `store`, gone with all that is in it at the end. Raises OSError."""
    with suppress(FileExistsError):
        private_files.make_folder(store)
    with _opened(store) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        folder = store / secrets.token_hex(8)
        private_files.make_folder(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sweep(store)


def sweep(store: Path) -> None:
    """Removes what killed processes left there; while somebody has a file there, nothing: they do
    so afterwards. Raises OSError."""
    if not store.exists():
        return
    with _opened(store) as descriptor, suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in store.iterdir():
            shutil.rmtree(left)


@contextmanager
def _opened(store: Path) -> Iterator[int]:
    """Its descriptor, with which its lock goes. A link in its place is refused."""
    descriptor = os.open(store, os.O_RDONLY | os.O_DIRECTORY | private_files.SAFELY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
