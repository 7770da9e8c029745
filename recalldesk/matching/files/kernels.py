"""Judges all lines of a chunk at once.

Guarantee: a line that is called plain is one whole row, of as many cells as the heading has, each
in its quotation marks or without any; `rows.cells_of` would read the very same cells. Whatever is
not plainly so is left to be read one by one.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recalldesk.matching.files.arrays import Bools, Bytes, Numbers
from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.lines import LF, Chunk

QUOTE = 34
LONGEST_ROW = 1 << 20


def count_of(lines: "pa.Array[pa.Scalar]", what: bytes) -> Numbers:
    """How often something stands in each line."""
    found = pc.count_substring(lines, what.decode("latin-1"))
    return np.asarray(found, np.int64)


def plain_lines(chunk: Chunk, lines: "pa.Array[pa.Scalar]", dialect: Dialect) -> Bools:
    """Which lines are plainly rows."""
    separators = count_of(lines, dialect.separator)
    plain: Bools = separators == dialect.width - 1
    if dialect.quotes and b'"' in chunk.text:
        quotes = count_of(lines, b'"')
        plain &= quotes == 0
        is_full = _fully_quoted(chunk, lines, dialect, quotes)
        plain |= is_full
        mixed = np.flatnonzero((quotes > 0) & (quotes % 2 == 0) & ~is_full)
        if len(mixed):
            plain[mixed] = _mixed(lines.take(pa.array(mixed)), dialect)
    if b"\0" in chunk.text:
        plain &= count_of(lines, b"\0") == 0
    plain &= chunk.lengths <= LONGEST_ROW
    return plain


def _fully_quoted(
    chunk: Chunk, lines: "pa.Array[pa.Scalar]", dialect: Dialect, quotes: Numbers
) -> Bools:
    """Each of the 2N marks is the line's first, its last, or of one of N-1 `","` apart from these:
    so none stands within a cell."""
    full: Bools = quotes == 2 * dialect.width
    if not full.any():
        return full
    units = np.frombuffer(chunk.text, np.uint8)
    mark = dialect.separator[0]
    first, end = chunk.starts[:-1], chunk.starts[1:]
    most = len(units) - 1
    full &= (units[first] == QUOTE) & (units[end - 2] == QUOTE)
    full &= count_of(lines, b'"' + dialect.separator + b'"') == dialect.width - 1
    begins = (units[np.minimum(first + 1, most)] == mark) & (
        units[np.minimum(first + 2, most)] == QUOTE
    )
    ends = (units[end - 3] == mark) & (units[end - 4] == QUOTE)
    full &= ~begins & ~ends
    return full


def _mixed(lines: "pa.Array[pa.Scalar]", dialect: Dialect) -> Bools:
    """Lines of which each has an even number of marks: the marks open and close in turn."""
    units, sizes = _bytes_of(lines)
    mark = dialect.separator[0]
    marks = np.flatnonzero((units == QUOTE) | (units == mark) | (units == LF))
    kinds = units[marks]
    is_quote = kinds == QUOTE
    inside = (np.cumsum(is_quote) & 1).astype(np.bool_)
    at = marks[is_quote]
    opens = inside[is_quote]
    beside = np.where(opens, units[at - 1], units[np.minimum(at + 1, len(units) - 1)])
    # The first byte of all has the last LF before it.
    wrong = np.zeros(len(marks), np.int32)
    wrong[is_quote] = (beside != mark) & (beside != QUOTE) & (beside != LF)
    between = ((kinds == mark) & ~inside).astype(np.int32)
    stops = np.flatnonzero(kinds == LF)
    begins = np.concatenate([np.zeros(1, np.int64), stops[:-1] + 1])
    counted: Bools = np.add.reduceat(between, begins) == dialect.width - 1
    counted &= np.add.reduceat(wrong, begins) == 0
    if len(counted) != sizes:
        raise AssertionError("a line holds the end of another")
    return counted


def _bytes_of(lines: "pa.Array[pa.Scalar]") -> tuple[Bytes, int]:
    offsets = np.frombuffer(lines.buffers()[1], np.int32)[lines.offset :][: len(lines) + 1]
    units = np.frombuffer(lines.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    return units, len(lines)


def blank_lines(chunk: Chunk, lines: "pa.Array[pa.Scalar]", dialect: Dialect) -> Bools:
    """Which lines may hold nothing but space, separators and marks: short ones that do."""
    blank: Bools = chunk.lengths == 0
    short = np.flatnonzero(~blank & (chunk.lengths <= 4 * dialect.width + 8))
    if len(short):
        pattern = r"[^\s\"" + rf"\x{dialect.separator[0]:02x}]"
        says = pc.match_substring_regex(lines.take(pa.array(short)), pattern)
        blank[short] = ~says.to_numpy(zero_copy_only=False)
    return blank
