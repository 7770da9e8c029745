"""How far an import is, told a few times a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass

SECONDS_BETWEEN = 0.1


@dataclass(frozen=True)
class Progress:
    """Bytes are those of the file on the disk. `seconds_left` is None until it can be told.

    All bytes are read before the database sorts and keeps the rows, which takes about as long.
    """

    bytes_read: int
    bytes_total: int
    rows: int
    rows_per_second: float
    seconds_left: float | None


class ProgressMeter:
    """Tells a listener at most ten times a second, and once at the end of reading."""

    def __init__(self, listener: Callable[[Progress], None] | None, bytes_total: int) -> None:
        self._listener = listener
        self._bytes_total = bytes_total
        self._started = time.monotonic()
        self._told = self._started
        self._rows = 0

    def advance(self, *, rows: int, bytes_read: int) -> None:
        """Counts further rows and tells the listener if it is time."""
        self._rows += rows
        now = time.monotonic()
        is_done = bytes_read >= self._bytes_total
        if self._listener is None or (now - self._told < SECONDS_BETWEEN and not is_done):
            return
        self._told = now
        spent = max(now - self._started, 1e-6)
        left = spent * (self._bytes_total - bytes_read) / bytes_read if bytes_read else None
        self._listener(
            Progress(bytes_read, self._bytes_total, self._rows, self._rows / spent, left)
        )
