"""A workbook of whatever format: its sheets, their rows, and an independent count of them.

Guarantees: which format it is stands in its first bytes, never in its name; whatever is wrong with
it is told as `WorkbookNotReadable`; no file stays open behind a call.
"""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from recalldesk.foundation.workbooks.archive import archive_of
from recalldesk.foundation.workbooks.compound import SIGNATURE
from recalldesk.foundation.workbooks.old_book import OldBook
from recalldesk.foundation.workbooks.row_count import RowCount
from recalldesk.foundation.workbooks.sheet_rows import SheetRow, sheet_rows
from recalldesk.foundation.workbooks.workbook import SheetName, read_workbook

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


class Book(Protocol):
    """A workbook that was looked over. `has_macros`: which are never run."""

    sheets: list[SheetName]
    has_macros: bool

    def rows(self, sheet: SheetName) -> Generator[SheetRow, None, None]:
        """All rows of a sheet that hold anything."""

    def count(self, sheet: SheetName) -> RowCount:
        """How many they are, by a count that shares no code with the reader of rows."""


def is_workbook(start: bytes) -> bool:
    """Whether these are the first bytes of a workbook, old or new, or of another zip archive."""
    return start.startswith((*ZIP, SIGNATURE))


def book_of(path: Path) -> Book:
    """The workbook in a file. Raises `WorkbookNotReadable`."""
    with path.open("rb") as file:
        is_old = file.read(len(SIGNATURE)) == SIGNATURE
    return OldBook(path) if is_old else _NewBook(path)


class _NewBook:
    """.xlsx or .xlsm. What is not of one sheet is read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with archive_of(path) as archive:
            self._workbook = read_workbook(archive)
        self.sheets = self._workbook.sheets
        self.has_macros = self._workbook.has_macros

    def rows(self, sheet: SheetName) -> Generator[SheetRow, None, None]:
        with archive_of(self._path) as archive:
            yield from sheet_rows(archive, sheet.part, self._workbook)

    def count(self, sheet: SheetName) -> RowCount:
        with archive_of(self._path) as archive:
            try:
                with closing(archive.blocks(sheet.part)) as blocks:
                    return RowCount.of(blocks)
            except ValueError as error:
                raise archive.damaged(str(error)) from error
