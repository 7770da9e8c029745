"""An old workbook (.xls, as Excel 5 to 2003 wrote it), read by xlrd.

Guarantees: before xlrd sees it its chains and records were gone through, and one that is damaged,
locked or beyond any list is refused in words; whatever xlrd says of it is a refusal too; macros are
never run, and a formula is the result that was saved with it.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

from recalldesk.foundation.workbooks.archive import DAMAGED, SAVE_AS_TEXT
from recalldesk.foundation.workbooks.compound import Compound, NotSound
from recalldesk.foundation.workbooks.errors import WorkbookNotReadable
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.old_records import Locked, OldSheet, old_sheets
from recalldesk.foundation.workbooks.row_count import RowCount
from recalldesk.foundation.workbooks.sheet_rows import SheetRow, as_date
from recalldesk.foundation.workbooks.workbook import SheetName, kind_of_code

LARGEST = 64 << 20
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
EMPTY, TEXT, NUMBER, DATE, TRUTH, ERROR, FORMAT_ALONE = range(7)
"""What xlrd calls the kinds of cells."""


class OldBook:
    """Looked over as it is made. Raises `WorkbookNotReadable`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.stat().st_size > LARGEST:
            raise WorkbookNotReadable(
                f"{path.name} is larger than an old workbook (.xls) of a list is.", SAVE_AS_TEXT
            )
        content = path.read_bytes()
        try:
            compound = Compound(content)
            found = old_sheets(compound.stream())
        except NotSound as error:
            if ENCRYPTED_PACKAGE in content:
                raise self._locked() from error
            raise self._damaged(str(error)) from error
        except Locked as error:
            raise self._locked() from error
        self.has_macros = compound.has_macros
        self._found = {str(each.number): each for each in found}
        names = self._names(found)
        self.sheets = [
            SheetName(name, str(each.number), each.is_hidden)
            for each, name in zip(found, names, strict=True)
        ]

    def count(self, sheet: SheetName) -> RowCount:
        """How many rows a sheet has, by its records alone."""
        return self._found[sheet.part].count

    def rows(self, sheet: SheetName) -> Generator[SheetRow, None, None]:
        """All rows of a sheet that hold anything. Raises `WorkbookNotReadable`."""
        book = self._opened()
        try:
            cells = book.sheet_by_index(int(sheet.part))
            for number in range(cells.nrows):
                row = _row(book, cells, number)
                if row.holds_anything:
                    yield row
        # xlrd lets through whatever Python says of bytes that are not as it expects.
        except Exception as error:
            raise self._damaged("its rows cannot be read") from error
        finally:
            book.release_resources()

    def _names(self, found: list[OldSheet]) -> list[str]:
        book = self._opened()
        try:
            names = list(book.sheet_names())
        finally:
            book.release_resources()
        if len(names) != len(found):
            raise self._damaged("its sheets cannot be told apart")
        return names

    def _opened(self) -> Any:
        # A library that is needed by few files.
        import xlrd

        try:
            with open(os.devnull, "w") as silent:
                return xlrd.open_workbook(
                    str(self._path),
                    logfile=silent,
                    use_mmap=False,
                    formatting_info=True,
                    on_demand=True,
                    ragged_rows=True,
                )
        # As above.
        except Exception as error:
            raise self._damaged("it cannot be read") from error

    def _damaged(self, how: str) -> WorkbookNotReadable:
        return WorkbookNotReadable(
            f"{self._path.name} is a damaged old workbook (.xls): {how}.", DAMAGED
        )

    def _locked(self) -> WorkbookNotReadable:
        return WorkbookNotReadable(
            f"{self._path.name} is a workbook that is locked with a password.",
            "Save it without a password, and import that file.",
        )


def _row(book: Any, cells: Any, number: int) -> SheetRow:
    told = cells.rowinfo_map.get(number)
    row = SheetRow(number + 1, bool(told and told.hidden))
    kinds, values = cells.row_types(number), cells.row_values(number)
    for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        if kind in (EMPTY, FORMAT_ALONE):
            continue
        row.holds_anything = True
        text, meant = _cell(book, kind, value, cells.cell_xf_index(number, column))
        if text or meant is not None:
            row.cells.extend([""] * (column - len(row.cells)))
            row.cells.append(text)
            if meant is not None:
                row.kinds[column] = meant
    return row


def _cell(book: Any, kind: int, value: Any, style: int) -> tuple[str, Kind | None]:
    """What a cell shows, and what it is if it is no text."""
    if kind == TEXT:
        return str(value), None
    if kind == DATE:
        return as_date(_number(value), bool(book.datemode)), Kind.DATE
    if kind == NUMBER:
        code = book.format_map[book.xf_list[style].format_key].format_str
        return _number(value), kind_of_code(code)
    if kind == TRUTH:
        return ("TRUE" if value else "FALSE"), Kind.NO_TEXT
    return f"#{value}", Kind.NO_TEXT


def _number(value: float) -> str:
    """With all its digits, and none that is not there."""
    return str(int(value)) if value == int(value) and abs(value) < 1e17 else repr(value)
