"""A number of slots that threads take one of and give back, as fast as may be.

Guarantee: never more are taken than there are; who finds none waits no longer than a moment.
"""

import time
from collections import deque

TRIES, SECONDS_BETWEEN = 10, 0.005


class Slots:
    """So many slots."""

    def __init__(self, count: int) -> None:
        self._free: deque[None] = deque([None] * count)

    def take(self) -> bool:
        """Takes a slot; false where none came free within a moment."""
        for _ in range(TRIES):
            try:
                self._free.pop()
            except IndexError:
                time.sleep(SECONDS_BETWEEN)
            else:
                return True
        return False

    def give_back(self) -> None:
        """Gives back the slot that was taken."""
        self._free.append(None)
