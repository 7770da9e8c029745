"""A workbook of which one sheet is read: .xlsx, .xlsm or .xls, known by its content.

Guarantees: a sheet is passed over only if it holds nothing or another was named; hidden rows are
rows, and are told of; macros are never run, formulas never computed, links never followed.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.workbooks.book import Book, book_of
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.sheet_rows import SheetRow
from recalldesk.foundation.workbooks.workbook import SheetName
from recalldesk.units.errors import FileNotReadable, ImportRefused, LinesNotAccountedFor
from recalldesk.units.importing.headings import find_layout
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.opening import file_digest, refuse_changed
from recalldesk.units.importing.other_columns import LOOKED_AT
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.tables import csv_lines
from recalldesk.units.importing.tables.cells import REASONS, serial_of_number
from recalldesk.units.importing.tables.workbooks import refusing_units

MOST_COLUMNS = 1_000


class SheetFile:
    """Surveyed once as it is made. Raises `FileNotReadable`, or `ImportRefused` for its sheets."""

    def __init__(self, path: Path, asked: str | None) -> None:
        self._path = path
        self.sha256, self.size = file_digest(path)
        self.encoding = csv_lines.UTF_8.encoding.value
        self.remarks: list[str] = []
        with refusing_units():
            self._book = book_of(path)
            self._part = _chosen(path, self._book, asked)
            self.sheet: str | None = self._part.name
            self._count = self._book.count(self._part)
        self.lines = self._count.lines
        if self._book.has_macros:
            self.remarks.append("The workbook holds macros; they were not run.")

    def layout(self, asked: Columns, form: SerialForm) -> Layout:
        """How the rows are laid out. Raises `ColumnsNotClear` or `FileNotReadable`."""
        with refusing_units(), closing(self._book.rows(self._part)) as rows:
            first_rows = list(
                islice((row for row in rows if any(map(str.strip, row.cells))), LOOKED_AT + 2)
            )
        if not first_rows:
            raise FileNotReadable(
                f"The sheet {self._part.name} holds no rows.", "Check that the export worked."
            )
        width = max(len(row.cells) for row in first_rows)
        if width > MOST_COLUMNS:
            raise FileNotReadable(
                f"The sheet {self._part.name} has {width:,} columns.",
                "Copy the column of the serials into a new workbook, and import that.",
            )
        lines = [(row.number, csv_lines.csv_line(row.cells, width)) for row in first_rows]
        return find_layout(lines, asked, form, csv_lines.delimiter_of(width))

    def portions(self, layout: Layout, form: SerialForm) -> Iterator[tuple[Portion, int]]:
        """All rows, with the bytes read so far. Raises `FileNotReadable` if the file changed."""
        filled = hidden = 0

        def rows() -> Iterator[csv_lines.Row]:
            nonlocal filled, hidden
            for row in self._book.rows(self._part):
                filled += 1
                hidden += row.is_hidden
                yield _judged(row, layout, form)

        with refusing_units():
            done = 0
            for portion in csv_lines.portions(rows(), layout):
                done += len(portion.lines)
                yield portion, self.size * min(done, self.lines) // max(self.lines, 1)
        refuse_changed(self._path, before=self.sha256, after=file_digest(self._path)[0])
        if filled != self._count.filled:
            raise LinesNotAccountedFor(
                f"The sheet has {self._count.filled:,} filled rows, but {filled:,} were read.",
                "Nothing was imported. Save the sheet as CSV and import that; and report it: this"
                " is a fault of the importer.",
            )
        if hidden:
            rows_are = "1 row is" if hidden == 1 else f"{hidden:,} rows are"
            self.remarks.append(f"{rows_are} hidden in the sheet, and taken like the others.")


def _judged(row: SheetRow, layout: Layout, form: SerialForm) -> csv_lines.Row:
    """The row, rejected if a cell that is read does not say what was meant."""
    for place in layout.places:
        kind = row.kinds.get(place)
        if kind is None:
            continue
        digits = serial_of_number(row.cells[place], form) if kind is Kind.NUMBER else None
        if digits is None:
            return csv_lines.Row(row.number, row.cells, REASONS[kind])
        row.cells[place] = digits
    return csv_lines.Row(row.number, row.cells)


def _chosen(path: Path, book: Book, asked: str | None) -> SheetName:
    names = ", ".join(
        f'"{sheet.name}"{" (hidden)" if sheet.is_hidden else ""}' for sheet in book.sheets
    )
    if asked is not None:
        named = [sheet for sheet in book.sheets if sheet.name == asked]
        if len(named) != 1:
            raise ImportRefused(
                f'{path.name} has no sheet "{asked}".', f"Name one of its sheets: {names}."
            )
        return named[0]
    filled = [sheet for sheet in book.sheets if next(book.rows(sheet), None) is not None]
    if not filled:
        raise FileNotReadable(f"{path.name} holds no rows.", "Check that the export worked.")
    if len(filled) > 1:
        raise ImportRefused(
            f"{path.name} has more than one sheet that holds rows: {names}.",
            "Name the one to read with --sheet. If several hold recalled serials, import the file"
            " once for each.",
        )
    return filled[0]
