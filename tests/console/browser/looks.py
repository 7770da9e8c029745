"""In which width and scheme the pages of the desk are looked at.

Each day in the first of those that a file names, which are not the same in all files: the frame of
the desk is seen in all of them. `make check-all` looks at every page in all.
"""

import os
from collections.abc import Sequence

Look = tuple[int, str]


def one_look(*every: Look) -> Sequence[Look]:
    """Those of this run."""
    return every if os.environ.get("RECALLDESK_ALL_PAGES") else every[:1]
