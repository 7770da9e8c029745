"""In which conditions drawn photos are looked at: some each day, all with `make check-all`."""

import os
from collections.abc import Sequence

from recalldesk.demo.photos.conditions import Condition

EVERY = 8


def some_conditions() -> Sequence[Condition]:
    """Those of this run."""
    every = list(Condition)
    return every if os.environ.get("RECALLDESK_ALL_PAGES") else every[::EVERY]
