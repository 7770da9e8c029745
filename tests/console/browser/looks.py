"""In which widths and schemes a page of the desk is looked at.

Each day in the first and the last; `make check-all` looks at all.
"""

import os
from collections.abc import Sequence

Look = tuple[int, str]


def one_look(*every: Look) -> Sequence[Look]:
    """The first each day, where one is enough for each template; `make check-all` looks at all."""
    return every if os.environ.get("RECALLDESK_ALL_PAGES") else every[:1]


def looks(*every: Look) -> Sequence[Look]:
    """Those of this run."""
    return every if os.environ.get("RECALLDESK_ALL_PAGES") else (every[0], every[-1])
