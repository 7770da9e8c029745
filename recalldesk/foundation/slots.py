"""A number of slots that threads take one of and give back, as fast as may be.

Guarantee: never more are taken than there are; who finds none waits no longer than a moment.
"""

import time
from collections import deque
from contextlib import suppress
from functools import partial

TRIES, SECONDS_BETWEEN = 10, 0.005


class Slots:
    """So many slots."""

    def __init__(self, count: int) -> None:
        self._free: deque[None] = deque([None] * count)
        self.give_back = partial(self._free.append, None)
        """Gives back the slot that was taken."""

    def take(self) -> bool:
        """Takes a slot; false where none came free within a moment."""
        try:
            self._free.pop()
        except IndexError:
            return self._take_later()
        return True

    def _take_later(self) -> bool:
        for _ in range(TRIES - 1):
            time.sleep(SECONDS_BETWEEN)
            with suppress(IndexError):
                self._free.pop()
                return True
        return False
