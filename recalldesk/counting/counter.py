"""Counts in this process what happens often, and has it written twice a second.

Guarantees: a process that is killed loses what it counted in less than a second; one that ends in
order loses nothing. While the database is away counts wait here and are written later; beyond
`most` kinds the log says how many were lost. A process that was forked counts anew: what was
counted before is written by the process that counted it.
"""

import threading
from collections.abc import Mapping
from typing import Generic

import structlog

from recalldesk.counting import writer
from recalldesk.counting.batch import Add, Batch, Kind, write

log = structlog.get_logger()


class Counter(Generic[Kind]):
    """What one process counted and did not write yet. `name` is that of it in the log; `add_rows`
    adds counts to a table."""

    def __init__(self, name: str, add_rows: Add[Kind], *, most: int) -> None:
        self._name = name
        self._add_rows = add_rows
        self._most = most
        self.forget()
        writer.know(self)

    def forget(self) -> None:
        """Drops what was counted, as a new process begins."""
        self._lock = threading.Lock()
        self._writes = threading.Lock()
        self._counts: dict[Kind, list[int]] = {}
        self._batch: Batch[Kind] | None = None
        self._lost = 0
        self._waits = False

    def count(self, kind: Kind) -> None:
        """Counts one of a kind."""
        with self._lock:
            count = self._counts.get(kind)
            if count is None:
                self._count_first(kind)
            else:
                count[0] += 1

    def _count_first(self, kind: Kind) -> None:
        """Counts the first of its kind since the last write."""
        if not self._counts:
            self._wake_writer()
        elif len(self._counts) >= self._most:
            self._lost += 1
            return
        self._counts[kind] = [1]

    def _wake_writer(self) -> None:
        writer.wake()

    def write(self) -> bool:
        """Writes what was counted; False where the database did not take it, and it waits."""
        with self._writes:
            while batch := self._batch or self._taken():
                self._batch = batch
                try:
                    write(batch, self._add_rows)
                except Exception as error:
                    # Whatever it was, neither an answer nor the writer may fail of it.
                    self._say_that_it_waits(error)
                    return False
                self._batch, self._waits = None, False
        return True

    def _taken(self) -> Batch[Kind] | None:
        with self._lock:
            counts, self._counts = self._counts, {}
            lost, self._lost = self._lost, 0
        if lost:
            log.error("counts_lost", counter=self._name, lost=lost)
        return Batch(_in_numbers(counts)) if counts else None

    def _say_that_it_waits(self, error: Exception) -> None:
        """Once, until it was written again."""
        if not self._waits:
            log.warning("counts_wait", counter=self._name, error=type(error).__name__)
        self._waits = True


def _in_numbers(counts: Mapping[Kind, list[int]]) -> dict[Kind, int]:
    return {kind: count for kind, (count,) in counts.items()}
