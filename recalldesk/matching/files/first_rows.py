"""Which row of an order is its first: it says what the later ones leave out, such as the buyer.

Guarantee: the first row is of the same order and stands above, with only rows of the order and
blank lines between; nothing is ever taken from another order's row.
"""

from collections.abc import Mapping

import numpy as np

from recalldesk.matching.files.arrays import Bytes, Numbers
from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.lines import Chunk
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.files.rows import cells_of
from recalldesk.matching.files.status import Status

ROWS = (Status.OTHER, Status.CANDIDATE)
BETWEEN = (Status.BLANK, Status.CONTINUED)
MOST_LINES = 100_000
"""That are looked at for the last row of a chunk."""
Place = tuple[int, int]
"""Where a row begins in the file, and its bytes."""


class FirstRows:
    """`order`: the column of the order's number."""

    def __init__(self, dialect: Dialect, order: int) -> None:
        self._dialect = dialect
        self._order = order
        self._carried: tuple[bytes, Place] | None = None
        """The last order of the chunk before, and where its first row is."""

    def of(
        self, chunk: Chunk, status: Bytes, last: Mapping[int, int], indexes: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Place and length of the first rows of these rows, which stand in order; a length of 0
        where a row is the first itself."""
        found = np.zeros((2, len(indexes)), np.int64)
        known: dict[int, Place] = {}
        for at, index in enumerate(map(int, indexes)):
            order = self._order_of(chunk, index, last)
            own = chunk.span(index, last.get(index, index))
            known[index] = first = self._first(chunk, status, last, index, order, known) or own
            if first != own:
                found[:, at] = first
        return found[0], found[1]

    def after(self, chunk: Chunk, status: Bytes, last: Mapping[int, int]) -> None:
        """Keeps the first row of the chunk's last order for the rows that follow."""
        rows = np.flatnonzero(np.isin(status[-MOST_LINES:], ROWS))
        if not len(rows):
            return
        index = int(rows[-1]) + max(0, len(status) - MOST_LINES)
        order = self._order_of(chunk, index, last)
        own = chunk.span(index, last.get(index, index))
        first = self._first(chunk, status, last, index, order, {}) or own
        self._carried = (order, first) if order else None

    def _first(
        self,
        chunk: Chunk,
        status: Bytes,
        last: Mapping[int, int],
        index: int,
        order: bytes,
        known: Mapping[int, Place],
    ) -> Place | None:
        """The topmost row of the order; None for one that is it."""
        topmost: Place | None = None
        if not order:
            return None
        for above in range(index - 1, -1, -1):
            if status[above] in BETWEEN:
                continue
            if status[above] not in ROWS or self._order_of(chunk, above, last) != order:
                return topmost
            if above in known:
                return known[above]
            topmost = chunk.span(above, last.get(above, above))
        if self._carried is not None and self._carried[0] == order:
            return self._carried[1]
        return topmost

    def _order_of(self, chunk: Chunk, index: int, last: Mapping[int, int]) -> bytes:
        """Empty where the row names none."""
        cells = cells_of(chunk.line(index, last.get(index, index)), self._dialect)
        if isinstance(cells, OrderReject) or self._order >= len(cells):
            return b""
        return cells[self._order].strip()
