"""The cells of one row, read strictly.

Guarantee: a row is read as it was written, or not at all: a quotation mark is the first or last of
a cell, or doubled within one.
"""

from collections.abc import Iterator, Sequence

from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.reasons import OrderReject

MOST_LINES = 20
QUOTE = b'"'


def cells_of(row: bytes, dialect: Dialect) -> list[bytes] | OrderReject:
    """The cells, however many they are; or why there are none."""
    if not dialect.quotes or QUOTE not in row:
        return row.split(dialect.separator)
    cells: list[bytes] = []
    at = 0
    while True:
        if row.startswith(QUOTE, at):
            cell, at = _quoted(row, at + 1)
            if cell is None:
                return OrderReject.UNCLOSED_QUOTE
        else:
            stop = row.find(dialect.separator, at)
            cell = row[at:] if stop < 0 else row[at:stop]
            at += len(cell)
            if QUOTE in cell:
                return OrderReject.STRAY_QUOTE
        cells.append(cell)
        if at == len(row):
            return cells
        if not row.startswith(dialect.separator, at):
            return OrderReject.STRAY_QUOTE
        at += len(dialect.separator)


def whole_rows(lines: Sequence[bytes], dialect: Dialect) -> Iterator[list[bytes]]:
    """The rows of some lines that are as wide as the heading: for a look, not for counting."""
    at = 0
    while at < len(lines):
        for last in range(at + 1, min(len(lines), at + MOST_LINES) + 1):
            cells = cells_of(b"\n".join(lines[at:last]), dialect)
            if cells is not OrderReject.UNCLOSED_QUOTE:
                break
        is_row = isinstance(cells, list) and len(cells) == dialect.width
        if is_row and isinstance(cells, list):
            yield cells
        at = last if is_row else at + 1


def _quoted(row: bytes, at: int) -> tuple[bytes | None, int]:
    """What stands from here to the closing mark, and where what follows begins."""
    pieces: list[bytes] = []
    while (close := row.find(QUOTE, at)) >= 0:
        pieces.append(row[at:close])
        if not row.startswith(QUOTE, close + 1):
            return QUOTE.join(pieces), close + 1
        at = close + 2
    return None, at
