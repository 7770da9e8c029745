"""The one thread of a process that writes what its counters counted, twice a second.

Guarantees: it begins with the first thing that is counted, in the process that counts it, so that
no thread and no connection of it is ever shared with a process that was forked; it is one for all
counters, and takes one connection. At the end of a process all is written.
"""

import os
import threading
import time
from contextlib import suppress
from multiprocessing.util import Finalize
from typing import Protocol
from weakref import WeakSet

from django.db import close_old_connections

SECONDS_BETWEEN_WRITES = 0.5


class Counts(Protocol):
    """What counts, as the writer sees it."""

    def write(self) -> bool:
        """Writes what was counted; False where that did not go, and it waits."""

    def forget(self) -> None:
        """Drops what was counted."""


class _Writer:
    """Waits for something to write."""

    def __init__(self) -> None:
        self._something = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        self._something.set()
        if self._thread is None:
            thread = threading.Thread(target=self._keep_writing, daemon=True)
            # A process that ends starts no thread any more; its answers are given all the same.
            with suppress(RuntimeError):
                thread.start()
                self._thread = thread
                # Unlike atexit, this is also heeded at the end of a process of multiprocessing's.
                Finalize(None, write_all, exitpriority=100)

    def _keep_writing(self) -> None:
        """Writes whenever something was counted, never to return."""
        while True:
            self._something.wait()
            time.sleep(SECONDS_BETWEEN_WRITES)
            self._something.clear()
            # A connection that cannot even be closed is no reason to stop.
            with suppress(Exception):
                close_old_connections()
            if not write_all():
                self._something.set()


_counters: WeakSet[Counts] = WeakSet()
_writer = _Writer()


def know(counter: Counts) -> None:
    """From now on what it counts is written here."""
    _counters.add(counter)


def wake() -> None:
    """Something was counted."""
    _writer.wake()


def write_all() -> bool:
    """Writes what all counters of this process counted; False where one of them waits."""
    written = [counter.write() for counter in list(_counters)]
    return all(written)


def _begin_anew() -> None:
    global _writer  # noqa: PLW0603 - the one writer of a process
    _writer = _Writer()
    for counter in list(_counters):
        counter.forget()


# What was counted before a fork is written by the process that counted it.
os.register_at_fork(after_in_child=_begin_anew)
