"""What becomes of the lines that are not plainly rows, one by one.

Guarantees: lines become one row only if their quotation marks are sound and the row is as wide as
the heading, within few lines; a mark that is not closed costs its own line and no other: a line
that is a row by itself is never taken for a part of another.
"""

import re
from dataclasses import dataclass

import numpy as np

from recalldesk.matching.files.arrays import Bools, Numbers
from recalldesk.matching.files.dialect import SHEET, Dialect
from recalldesk.matching.files.kernels import LONGEST_ROW
from recalldesk.matching.files.lines import Chunk
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.files.rows import QUOTE, cells_of

MOST_LINES = 100
MOST_BYTES = 64 << 10
TRAILERS = re.compile(
    rb"[\d.,\s]+\s*(?:record\(s\)|records?|orders?|rows?)\s+downloaded.*|seller\s*id\s*:?.*",
    re.IGNORECASE | re.DOTALL,
)
SEPARATOR_SAID = re.compile(rb'"?sep=.?"?[,;|\s]*', re.IGNORECASE)


class Row:
    """A row over lines up to `last`."""

    def __init__(self, last: int) -> None:
        self.last = last


class Blank:
    """Nothing stands in the line."""


class Trailer:
    """What the shop writes below its rows."""


class MoreIsNeeded:
    """What follows the chunk decides."""


Outcome = Row | Blank | Trailer | MoreIsNeeded | OrderReject


@dataclass(frozen=True)
class LineJudge:
    """`plain`: which lines of the chunk are rows by themselves; `odd`: those with an odd number
    of marks, in order; `more_follow`: whether the file goes on behind the chunk."""

    chunk: Chunk
    dialect: Dialect
    plain: Bools
    odd: Numbers
    more_follow: bool

    def outcome(self, index: int) -> Outcome:
        """What becomes of a line, and of those that go on with it."""
        line = self.chunk.line(index)
        if b"\0" in line:
            is_sheet = self.dialect.separator == SHEET
            return OrderReject.FORMULA_CELL if is_sheet else OrderReject.NUL
        if len(line) > LONGEST_ROW:
            return OrderReject.TOO_LONG
        cells = cells_of(line, self.dialect)
        if cells is OrderReject.UNCLOSED_QUOTE:
            return self._joined(index)
        if isinstance(cells, OrderReject):
            return cells
        return _of(cells, line, self.dialect, index)

    def _joined(self, index: int) -> Outcome:
        """The marks of a sound row come in pairs: it goes on to the next line with an odd number
        of them, and no further."""
        after = int(np.searchsorted(self.odd, index, side="right"))
        last = int(self.odd[after]) if after < len(self.odd) else None
        stop = min(len(self.chunk), index + MOST_LINES) - 1 if last is None else last
        size = int(self.chunk.starts[stop + 1] - self.chunk.starts[index])
        if stop - index >= MOST_LINES or size > MOST_BYTES:
            return OrderReject.UNCLOSED_QUOTE
        if last is None:
            is_open = self.more_follow and stop == len(self.chunk) - 1
            return MoreIsNeeded() if is_open else OrderReject.UNCLOSED_QUOTE
        if self.plain[index + 1 : last].any():
            return OrderReject.LINES_IN_DOUBT
        cells = cells_of(self.chunk.line(index, last), self.dialect)
        if isinstance(cells, OrderReject) or len(cells) != self.dialect.width:
            return OrderReject.UNCLOSED_QUOTE
        return OrderReject.NUL if any(b"\0" in cell for cell in cells) else Row(last)


def _of(cells: list[bytes], line: bytes, dialect: Dialect, index: int) -> Outcome:
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return Blank()
    if len(cells) == dialect.width:
        return Row(index)
    if TRAILERS.fullmatch(filled[0].strip()) and len(filled) <= 2 + filled[0].count(b":"):
        return Trailer()
    if SEPARATOR_SAID.fullmatch(line):
        return Trailer()
    extra = cells[dialect.width :]
    if extra and not any(cell.strip() for cell in extra):
        return Row(index)
    return OrderReject.COLUMN_COUNT


def odd_lines(chunk: Chunk, candidates: Numbers) -> Numbers:
    """Which of these lines have an odd number of quotation marks."""
    return np.array([i for i in candidates if chunk.line(int(i)).count(QUOTE) % 2], np.int64)
