"""The drill's own clock: as far ahead of the machine's as a file says.

Guarantee: all programs of a drill read the same file, which is written whole; it only goes forward.
"""

import os
import time
from pathlib import Path

LOOKS_EVERY = 0.05
NAME = "clock"


class ClockAhead:
    """How many seconds the clock is ahead; the file is read again every now and then."""

    def __init__(self, sandbox: Path) -> None:
        self._path = sandbox / NAME
        self._seconds, self._read_at = 0.0, float("-inf")

    def __call__(self) -> float:
        """Seconds."""
        now = time.monotonic()
        if now - self._read_at > LOOKS_EVERY:
            self._seconds, self._read_at = self._written(), now
        return self._seconds

    def go_forward(self, seconds: float) -> None:
        """Jumps; programs see it within a moment."""
        self._seconds = self._written() + max(0.0, seconds)
        draft = self._path.with_suffix(".part")
        draft.write_text(repr(self._seconds), encoding="ascii")
        os.replace(draft, self._path)
        time.sleep(2 * LOOKS_EVERY)

    def _written(self) -> float:
        try:
            return float(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0.0
