"""Writes rows as CSV or XLSX for whoever opens them in a spreadsheet. No Django.

Guarantees: no cell is ever a formula, whatever an owner typed, and whether a CSV file is read with
commas, semicolons or tabs; every text comes back as it was: in XLSX as it stands, in CSV once the
apostrophes at its beginning and behind separators are taken off; serials, phone numbers and postal
codes keep their zeros. Memory does not grow with the rows.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Excel takes them for the beginning of a formula, the wide ones in some languages."""
BREAKS_OUT = re.compile(r"([;\t\r\n])(?=[=+\-@\t\r\n＝＋－＠'\"]|\Z)")
"""What ends a cell for whoever reads with another separator than ours, where the next one would be
a formula, or open a quotation that ends in another cell."""
PART = 64 * 1024
LONGEST_CELL = 32_767
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Heading:
    """A column's title. `is_exact`: its texts are never to be taken for a number or a day."""

    title: str
    is_exact: bool = False


def guarded(text: str, *, is_exact: bool = False) -> str:
    """A text as a cell of a CSV file, which has no types: with an apostrophe wherever it
    needs one."""
    text = BREAKS_OUT.sub(r"\1'", text)
    if text and (is_exact or text.startswith((*STARTS_A_FORMULA, "'"))):
        return f"'{text}"
    return text


def csv_parts(headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file in UTF-8, with the mark by which spreadsheets know that it is, in parts."""
    kept = io.StringIO()
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL)
    kept.write("\ufeff")
    writer.writerow([guarded(each.title) for each in headings])
    for row in rows:
        writer.writerow(
            [
                guarded(cell, is_exact=heading.is_exact) if isinstance(cell, str) else cell
                for heading, cell in zip(headings, row, strict=True)
            ]
        )
        if kept.tell() >= PART:
            yield _taken(kept)
    yield _taken(kept)


def _taken(kept: io.StringIO) -> bytes:
    text = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return text.encode()


def xlsx_parts(headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A workbook, in parts. It is written to a private file first, which is gone afterwards."""
    with TemporaryDirectory(prefix="recalldesk-export-") as folder:
        path = Path(folder) / "list.xlsx"
        with path.open("xb") as file:
            _write_workbook(file, Path(folder), headings, rows)
        with path.open("rb") as file:
            while part := file.read(PART):
                yield part


def _write_workbook(
    file: IO[bytes], folder: Path, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]
) -> None:
    with Workbook(file, PLAIN | {"tmpdir": str(folder)}) as book:
        sheet = _new_sheet(book, headings)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                elif cell:
                    sheet.write_string(line, place, cell[:LONGEST_CELL])


def _new_sheet(book: Workbook, headings: Sequence[Heading]) -> Worksheet:
    """A sheet with its head, which stays in sight."""
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading.title)
    return sheet
