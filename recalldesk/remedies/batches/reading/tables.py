"""A table that came back: CSV in any usual encoding, or a workbook of one sheet.

Guarantees: lines are counted independently of the reader of rows; a stray quote costs its line and
no other; nothing is computed, followed or run.
"""

from collections.abc import Mapping
from pathlib import Path

from recalldesk.foundation.workbooks.book import book_of
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.sheet_rows import SheetRow
from recalldesk.remedies.batches.errors import FileNotRead
from recalldesk.remedies.batches.reading.columns import columns_in, said_in
from recalldesk.remedies.batches.reading.said import CameBack, Row, Said
from recalldesk.remedies.batches.states import ReadReason
from recalldesk.units.importing.cells import cells_of, is_blank, split_quoted
from recalldesk.units.importing.layout import DELIMITERS, Layout
from recalldesk.units.importing.lines import chunks
from recalldesk.units.importing.opening import file_digest, opened
from recalldesk.units.importing.survey import survey
from recalldesk.units.importing.tables.workbooks import refusing_units
from recalldesk.units.states import RejectReason

ANYTHING = Layout("", 1, (0,), (), DELIMITERS)
NOT_SAID = frozenset({Kind.FORMULA, Kind.NO_TEXT})


def text_table(path: Path) -> CameBack:
    """A table of text. Raises FileNotRead, ImportRefused."""
    found = survey(path)
    with opened(path) as file:
        lines = [line for chunk in chunks(file, found.coding) for line in chunk.lines]
    full = [number for number, line in enumerate(lines, 1) if not is_blank(line, ANYTHING)]
    if not full:
        raise FileNotRead("The file holds only blank lines.", "Check that the export worked.")
    layout, columns = _layout(lines[full[0] - 1])
    rows = [Row(number, _said(lines[number - 1], layout, columns)) for number in full[1:]]
    return CameBack(found.sha256, found.lines, 1, len(lines) - len(full), rows)


def sheet_table(path: Path) -> CameBack:
    """A workbook with rows in one sheet. Raises FileNotRead, ImportRefused."""
    with refusing_units():
        book = book_of(path)
        filled = [(sheet, rows) for sheet in book.sheets if (rows := list(book.rows(sheet)))]
        if len(filled) != 1:
            raise FileNotRead(
                f"The workbook has {len(filled)} sheets with rows.", "Leave the one to be read."
            )
        ((sheet, rows),) = filled
        count = book.count(sheet)
    full = [row for row in rows if any(map(str.strip, row.cells))]
    columns = columns_in(full[0].cells if full else [])
    said = [Row(row.number, _said_in_sheet(row, columns)) for row in full[1:]]
    return CameBack(file_digest(path)[0], count.lines, 1, count.lines - len(full), said)


def _layout(heading: str) -> tuple[Layout, Mapping[str, int]]:
    """By whichever separator the heading names columns of ours."""
    problem: FileNotRead | None = None
    for delimiter in DELIMITERS:
        cells = split_quoted(heading.lstrip("\ufeff"), delimiter)
        if cells is None or len(cells) < 2:
            continue
        try:
            return Layout(delimiter, len(cells), (0,), (1,)), columns_in(cells)
        except FileNotRead as error:
            problem = error
    raise problem or FileNotRead(
        "The first line does not name the columns.", "It needs `Line`, and `Status` or `Tracking`."
    )


def _said(line: str, layout: Layout, columns: Mapping[str, int]) -> Said | ReadReason:
    cells = cells_of(line, layout)
    return ReadReason.UNREADABLE if isinstance(cells, RejectReason) else said_in(cells, columns)


def _said_in_sheet(row: SheetRow, columns: Mapping[str, int]) -> Said | ReadReason:
    """A number that the sheet shows with an exponent has lost its digits."""
    cells = [*row.cells, *[""] * (max(columns.values()) + 1 - len(row.cells))]
    for place in columns.values():
        kind = row.kinds.get(place)
        if kind in NOT_SAID or (kind is Kind.NUMBER and "E" in cells[place].upper()):
            return ReadReason.UNREADABLE
    return said_in(cells, columns)
