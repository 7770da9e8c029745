"""A workbook as text: each row of its sheet a line, its cells apart by a character of their own.

Guarantees: every row of the sheet is the line of its number; a sheet is passed over only if it
holds nothing; hidden rows are rows, and are told of; a cell that says nothing (a formula without
its result) is marked, and costs its row.
"""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

from recalldesk.foundation.workbooks.book import Book, book_of
from recalldesk.foundation.workbooks.errors import WorkbookNotReadable
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.sheet_rows import SheetRow
from recalldesk.foundation.workbooks.workbook import SheetName
from recalldesk.matching.files.dialect import SHEET
from recalldesk.matching.files.errors import OrderFileRefused, OrderLinesNotAccountedFor
from recalldesk.matching.files.source import SHEET_NAME, Source

EXACT_BELOW = 10**15
DIGITS_KEPT = 15
"""Of a number with cents: what a spreadsheet writes behind them is its own rounding."""
FIRST_ROWS = 25
"""Among which the heading is: no row is narrower, since a sheet leaves out its last empty cells."""
ENDS = str.maketrans({"\r": " ", "\n": " ", "\x1f": " ", "\0": " "})
"""A line end within a cell is a space here: no cell that is read is told apart by it."""


def sheet_source(path: Path, folder: Path) -> Source:
    """The one sheet that holds rows, as text in `folder`. Raises `OrderFileRefused`."""
    try:
        book = book_of(path)
        sheet = _chosen(book)
        count = book.count(sheet)
        text = folder / "sheet"
        with text.open("xb") as out:
            filled, hidden = _write(out, book, sheet)
    except WorkbookNotReadable as error:
        raise OrderFileRefused(error.message, error.hint) from error
    if filled != count.filled:
        raise OrderLinesNotAccountedFor(
            f"The sheet has {count.filled:,} filled rows, but {filled:,} were read.",
            "Save the sheet as CSV and give that; and report it: this is a fault of the reader.",
        )
    remarks = (f"Rows hidden in the sheet, and read like the others: {hidden:,}.",) * bool(hidden)
    return Source(text, 0, "utf-8", SHEET_NAME, count.lines, text.stat().st_size, remarks)


def _chosen(book: Book) -> SheetName:
    filled = [sheet for sheet in book.sheets if next(book.rows(sheet), None) is not None]
    if not filled:
        raise OrderFileRefused("The workbook holds no rows.", "Check that the export worked.")
    if len(filled) > 1:
        raise OrderFileRefused(
            f"The workbook has {len(filled)} sheets that hold rows.",
            "Save each as a workbook or CSV file of its own, and give each.",
        )
    return filled[0]


def _write(out: BinaryIO, book: Book, sheet: SheetName) -> tuple[int, int]:
    """All rows, filled up to the width of the first ones; how many they are, and hidden ones."""
    width = filled = hidden = at = 0
    for row in book.rows(sheet):
        filled += 1
        hidden += row.is_hidden
        cells = [_text(row, place) for place in range(len(row.cells))]
        width = max(width, len(cells)) if filled <= FIRST_ROWS else width
        cells += [""] * (width - len(cells))
        out.write(b"\n" * (row.number - 1 - at))
        out.write(SHEET.join(cell.encode("utf-8", "surrogatepass") for cell in cells) + b"\n")
        at = row.number
    return filled, hidden


def _text(row: SheetRow, place: int) -> str:
    cell, kind = row.cells[place].translate(ENDS), row.kinds.get(place)
    if kind is Kind.FORMULA:
        return "\0" + cell
    return _whole(cell) if kind in (Kind.NUMBER, Kind.SHOWN_OTHERWISE) else cell


def _whole(number: str) -> str:
    """A number with all its digits, where the sheet kept them."""
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return number
    if not exact.is_finite() or abs(exact) >= EXACT_BELOW:
        return number
    if exact == exact.to_integral_value():
        return str(int(exact))
    return number if len(number) <= DIGITS_KEPT else f"{exact:.{DIGITS_KEPT}g}"
