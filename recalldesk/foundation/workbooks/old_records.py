"""How many rows the sheets of an old workbook have, counted in its records and in nothing else.

Guarantee: shares no code with the reader of rows, so that the two can prove each other. A row
counts as filled where it has a cell that is more than a format.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from recalldesk.foundation.workbooks.compound import NotSound
from recalldesk.foundation.workbooks.row_count import RowCount

BEGINS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
ENDS, SHEET, LOCKED = 0x000A, 0x0085, 0x002F
SEVERAL, FORMAT_ALONE, FORMATS_ALONE = 0x00BD, 0x0201, 0x00BE
FILLED = frozenset(
    {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00D6, 0x00FD}
    | {0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406}
)
"""Numbers, texts, truths, errors and formulas; of several numbers in one record `SEVERAL`."""
MOST_CELLS = 4_000_000
WORKSHEET = 0


class Locked(Exception):
    """The workbook has a password."""


@dataclass
class OldSheet:
    """A sheet, by its number among sheets of cells."""

    number: int
    is_hidden: bool
    begins: int
    count: RowCount = field(default_factory=RowCount)


def old_sheets(stream: bytes) -> list[OldSheet]:
    """The sheets of cells, in order, with their rows. Raises `NotSound`, `Locked`."""
    sheets: list[OldSheet] = []
    depth = 0
    for kind, content in _records(stream, 0):
        if kind == LOCKED:
            raise Locked
        depth += (kind in BEGINS) - (kind == ENDS)
        if depth <= 0:
            break
        if kind == SHEET:
            begins, hidden, of = struct.unpack_from("<IBB", content.ljust(6, b"\0"))
            if of == WORKSHEET:
                sheets.append(OldSheet(len(sheets), bool(hidden & 3), begins))
    cells = 0
    for sheet in sheets:
        cells += _counted(stream, sheet)
        if cells > MOST_CELLS:
            raise NotSound("it has more cells than a list of a workbook has")
    return sheets


def _counted(stream: bytes, sheet: OldSheet) -> int:
    """Counts the rows of a sheet; how many cells it has."""
    rows: set[int] = set()
    depth = cells = 0
    for kind, content in _records(stream, sheet.begins):
        depth += (kind in BEGINS) - (kind == ENDS)
        if depth <= 0:
            break
        # A chart within the sheet has records of its own.
        if depth > 1 or len(content) < 6:
            continue
        if kind in FILLED:
            rows.add(struct.unpack_from("<H", content)[0])
        cells += _cells(kind, len(content))
        if cells > MOST_CELLS:
            break
    else:
        raise NotSound("a sheet of it does not end")
    sheet.count = RowCount(max(rows, default=-1) + 1, len(rows))
    return cells


def _cells(kind: int, length: int) -> int:
    """How many cells a record is, those with a format alone among them: each takes its place."""
    if kind == SEVERAL:
        return (length - 6) // 6
    if kind == FORMATS_ALONE:
        return (length - 6) // 2
    return int(kind in FILLED or kind == FORMAT_ALONE)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record from a place on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + length]
        if len(content) < length:
            raise NotSound("it is cut off")
        yield kind, content
        at += 4 + length
