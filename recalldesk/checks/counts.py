"""Counts checks in this process, and has them written twice a second.

Guarantees: a process that is killed loses what it counted in less than a second; one that ends in
order loses nothing. While the database is away counts wait here and are written later; beyond
`MOST_WAITING` kinds the log says how many checks were lost.
"""

import os
import threading
import time
from collections import Counter as Counted
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from multiprocessing.util import Finalize

import structlog
from django.db import close_old_connections

from recalldesk.checks.states import UNANSWERED, Source
from recalldesk.checks.writing import Batch, Kind, write
from recalldesk.units.verdict.answer import Answer, RecallAnswer

log = structlog.get_logger()
SECONDS_BETWEEN_WRITES = 0.5
Told = tuple[int, str, Source, str, tuple[RecallAnswer, ...]]
"""What was told in a minute: the verdict, through which door, on which shop's page, and what each
recall said."""
MOST_WAITING = 20_000
"""Of these, while the database is away: some 20 MB with what the recalls said."""


class Counter:
    """What one process counted and did not write yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writes = threading.Lock()
        self._counts: dict[Told, list[int]] = {}
        self._batch: Batch | None = None
        self._lost = 0
        self._waits = False
        self._something = threading.Event()
        self._writer: threading.Thread | None = None

    def add(
        self,
        second: int,
        verdict: str,
        source: Source,
        recalls: tuple[RecallAnswer, ...],
        shop: str = "",
    ) -> None:
        """Counts one check, and what each recall said in it. The second counts from 1970."""
        told = (second // 60, verdict, source, shop, recalls)
        with self._lock:
            count = self._counts.get(told)
            if count is None:
                self._add_first(told)
            else:
                count[0] += 1

    def _add_first(self, told: Told) -> None:
        """Counts the first check of its kind since the last write."""
        if not self._counts:
            self._wake_writer()
        elif len(self._counts) >= MOST_WAITING:
            self._lost += 1
            return
        self._counts[told] = [1]

    def _wake_writer(self) -> None:
        """The writer begins with the first check, in the process that counts it: no thread and no
        connection of it is ever shared with a process that was forked."""
        self._something.set()
        if self._writer is None:
            writer = threading.Thread(target=self.keep_writing, daemon=True)
            # A process that ends starts no thread any more; its answers are given all the same.
            with suppress(RuntimeError):
                writer.start()
                self._writer = writer
                # Unlike atexit, this is also heeded at the end of a process of multiprocessing's.
                Finalize(None, self.write, exitpriority=100)

    def keep_writing(self) -> None:
        """Writes whenever something was counted, never to return."""
        while True:
            self._something.wait()
            time.sleep(SECONDS_BETWEEN_WRITES)
            self._something.clear()
            # A connection that cannot even be closed is no reason to stop.
            with suppress(Exception):
                close_old_connections()
            if not self.write():
                self._something.set()

    def write(self) -> bool:
        """Writes what was counted; False where the database did not take it, and it waits."""
        with self._writes:
            while batch := self._batch or self._taken():
                self._batch = batch
                try:
                    write(batch)
                except Exception as error:
                    # Whatever it was, neither an answer nor the writer may fail of it.
                    self._say_that_it_waits(error)
                    return False
                self._batch, self._waits = None, False
        return True

    def _taken(self) -> Batch | None:
        with self._lock:
            counts, self._counts = self._counts, {}
            lost, self._lost = self._lost, 0
        if lost:
            log.error("check_counts_lost", checks=lost)
        return Batch(_by_kind(counts)) if counts else None

    def _say_that_it_waits(self, error: Exception) -> None:
        """Once, until it was written again."""
        if not self._waits:
            log.warning("check_counts_wait", error=type(error).__name__)
        self._waits = True


def _by_kind(counts: Mapping[Told, Sequence[int]]) -> dict[Kind, int]:
    """The checks themselves, and what each recall said in them, a row each."""
    found: Counted[Kind] = Counted()
    for (minute, verdict, source, shop, recalls), (count,) in counts.items():
        found[None, None, minute, verdict, source, shop] += count
        for told in recalls:
            found[told.recall, told.version, minute, told.verdict, source, shop] += count
    return dict(found)


_counter = Counter()


def count_answer(answer: Answer, source: Source, shop: str = "") -> None:
    """Counts a check that was answered."""
    _counter.add(answer.second, answer.verdict, source, answer.recalls, shop)


def count_unanswered(at: datetime, source: Source, shop: str = "") -> None:
    """Counts a check to which "try again later" was said."""
    _counter.add(int(at.timestamp()), UNANSWERED, source, (), shop)


def write_now() -> bool:
    """Writes what this process has counted, as before it ends; False where that did not go."""
    return _counter.write()


def forget() -> None:
    """Drops what this process counted, as a new process begins."""
    global _counter  # noqa: PLW0603 - one counter a process is the point of this module
    _counter = Counter()


# What was counted before a fork is written by the process that counted it.
os.register_at_fork(after_in_child=forget)
