"""Locks between programs, held by the operating system: whoever dies, however, frees its own.

A lock belongs to the program that took it: a forked child drops its copy at once, and a started
program never inherits one unless it is handed over on purpose.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from recalldesk.postgres.errors import StartFailedError
from recalldesk.postgres.private_files import open_private

POLL_SECONDS = 0.02


class FileLock:
    """One lock on one file; shared or exclusive."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this program holds the lock (a forked child never does)."""
        return self._descriptor is not None

    def fileno(self) -> int:
        """The open file of a held lock, to hand over to a started program."""
        assert self._descriptor is not None
        return self._descriptor

    def try_shared(self) -> bool:
        """Take, or turn into, a shared lock; False if somebody holds it exclusively."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take, or turn into, an exclusive lock; False (and nothing held) if others hold it."""
        return self._try(fcntl.LOCK_EX)

    def release(self) -> None:
        """Give the lock up for everybody who shares this open file."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self.let_go()

    def let_go(self) -> None:
        """Close our copy only: the lock stays with a program that it was handed to."""
        if self._descriptor is not None:
            _open_locks.discard(self)
            os.close(self._descriptor)
            self._descriptor = None

    def _try(self, kind: int) -> bool:
        if self._descriptor is None:
            self._descriptor = open_private(self.path, os.O_RDWR | os.O_CREAT)
            _open_locks.add(self)
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            self.let_go()
            return False
        return True


class Turn:
    """`with Turn(path, seconds):` one program at a time. Raises StartFailedError after it."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._lock = FileLock(path)
        self._seconds = seconds

    def __enter__(self) -> None:
        deadline = time.monotonic() + self._seconds
        while not self._lock.try_exclusive():
            if time.monotonic() > deadline:
                raise StartFailedError(
                    f"Another program has been starting or stopping the database for more than "
                    f"{self._seconds:.0f} seconds ({self._lock.path}).",
                    "Wait for it, or end it, and try again.",
                )
            time.sleep(POLL_SECONDS)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._lock.release()


_open_locks: set[FileLock] = set()


def _drop_locks_in_child() -> None:
    for lock in list(_open_locks):
        lock.let_go()


os.register_at_fork(after_in_child=_drop_locks_in_child)
