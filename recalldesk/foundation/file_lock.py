"""Locks between programs, held by the operating system: whoever dies, however, frees its own.

A lock belongs to the program that took it: a forked child drops its copy at once, and a started
program never inherits one unless it is handed over on purpose. Two threads that each open the lock
keep each other out like two programs.
"""

import fcntl
import os
from pathlib import Path

from recalldesk.foundation.private_files import open_private


class FileLock:
    """One lock on one file; shared or exclusive. Raises OSError where the file is refused."""

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
        return self._take(fcntl.LOCK_SH | fcntl.LOCK_NB)

    def try_exclusive(self) -> bool:
        """Take, or turn into, an exclusive lock; False (and nothing held) if others hold it."""
        return self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait_exclusive(self) -> None:
        """Take an exclusive lock as soon as nobody else holds it."""
        self._take(fcntl.LOCK_EX)

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

    def _open(self) -> int:
        return open_private(self.path, os.O_RDWR | os.O_CREAT)

    def _take(self, kind: int) -> bool:
        if self._descriptor is None:
            self._descriptor = self._open()
            _open_locks.add(self)
        try:
            fcntl.flock(self._descriptor, kind)
        except BlockingIOError:
            self.let_go()
            return False
        except BaseException:
            # Ctrl-C while waiting: nothing is held, and `held` must not say so.
            self.let_go()
            raise
        return True


_open_locks: set[FileLock] = set()


def _drop_locks_in_child() -> None:
    for lock in list(_open_locks):
        lock.let_go()


os.register_at_fork(after_in_child=_drop_locks_in_child)
