"""A file that comes in, whatever its format, as lines that are counted and judged alike.

A sheet or a Parquet file is read as if it were written as CSV in UTF-8, a row a line: `judging`,
`staging` and the file of rejects need not know.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ImportRefused
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.opening import first_bytes
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.tables.signs import is_parquet, is_workbook
from recalldesk.units.importing.text_file import TextFile


class Source(Protocol):
    """A file that was looked through once.

    `lines` are counted independently of `portions`; `encoding` is that of their raw rows. `sheet`
    is the one read of a workbook, and None for any other file. `remarks` are complete when all is
    read: what whoever imports should be told.
    """

    lines: int
    sha256: str
    size: int
    encoding: str
    sheet: str | None
    remarks: list[str]

    def layout(self, asked: Columns, form: SerialForm) -> Layout:
        """How the lines are laid out. Raises `ColumnsNotClear` or `FileNotReadable`."""

    def portions(self, layout: Layout, form: SerialForm) -> Iterator[tuple[Portion, int]]:
        """All lines, with the bytes read so far. Raises `FileNotReadable` if the file changed."""


def open_source(path: Path, sheet: str | None = None) -> Source:
    """The file as what its first bytes say it is. Raises `FileNotReadable` or `ImportRefused`."""
    start = first_bytes(path)
    if is_workbook(start):
        from recalldesk.units.importing.tables.sheet_file import SheetFile

        return SheetFile(path, sheet)
    if sheet is not None:
        raise ImportRefused(f"{path.name} is no workbook and has no sheets.", "Leave out --sheet.")
    if is_parquet(start):
        from recalldesk.units.importing.tables.parquet_file import ParquetFile

        return ParquetFile(path)
    return TextFile(path)
