"""The rows of a sheet, in order, cell by cell, as they stand in its XML.

Guarantees: every cell that holds anything is given; one that is no text is given with what it is; a
sheet whose rows or cells are out of order or out of bounds is refused, never mended. Formulas count
by the result that the spreadsheet saved; nothing is computed.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from recalldesk.foundation.workbooks.archive import Archive
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.foundation.workbooks.markup import Refused, parsed
from recalldesk.foundation.workbooks.shared_texts import unescaped
from recalldesk.foundation.workbooks.workbook import Workbook

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 1 << 20
COLLECTED = frozenset({"v", "t", "f"})


@dataclass
class SheetRow:
    """A row that holds anything. `kinds` says, by column from 0, which cells are no text."""

    number: int
    is_hidden: bool
    cells: list[str] = field(default_factory=list)
    kinds: dict[int, Kind] = field(default_factory=dict)
    holds_anything: bool = False


def sheet_rows(archive: Archive, part: str, workbook: Workbook) -> Generator[SheetRow, None, None]:
    """All rows of the sheet that hold anything. Raises `WorkbookNotReadable`."""
    reader = _Reader(workbook)
    for _ in parsed(archive, part, reader.start, reader.end, reader.characters):
        yield from reader.rows
        reader.rows.clear()


class _Reader:
    """Collects rows from what expat tells."""

    def __init__(self, workbook: Workbook) -> None:
        self.rows: list[SheetRow] = []
        self._workbook = workbook
        self._number = 0
        self._row: SheetRow | None = None
        self._cell: dict[str, str] | None = None
        self._column = -1
        self._texts: dict[str, list[str]] = {}
        self._sounds = False
        self._into: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in COLLECTED:
            if self._cell is not None:
                self._into = self._texts.setdefault("sound" if self._sounds else tag, [])
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._sounds = True

    def end(self, tag: str) -> None:
        if tag in COLLECTED:
            self._into = None
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and self._row is not None:
            if self._row.holds_anything:
                self.rows.append(self._row)
            self._row = None
        elif tag == "rPh":
            self._sounds = False

    def characters(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
            if len(text) > LONGEST_CELL or len(self._into) > LONGEST_CELL:
                raise Refused("a cell of it does not end")

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        before = self._number
        self._number = _bounded(number, MOST_ROWS) if number else before + 1
        if self._row is not None or not before < self._number <= MOST_ROWS:
            raise Refused("its rows are not in order")
        self._row = SheetRow(self._number, attributes.get("hidden") in ("1", "true"))
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._row is None or self._cell is not None:
            raise Refused("a cell stands outside the rows")
        place = attributes.get("r")
        before = self._column
        self._column = before + 1 if place is None else self._column_of(place)
        if not before < self._column < MOST_COLUMNS:
            raise Refused("its cells are not in order")
        self._cell = attributes
        self._texts = {}

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if place[len(letters) :] != str(self._number):
            raise Refused("a cell stands in the wrong row")
        return _column(letters)

    def _end_cell(self) -> None:
        attributes, row = self._cell, self._row
        self._cell = None
        if attributes is None or row is None or not self._texts:
            return
        text, kind = self._content(attributes)
        has_texts = any(map("".join, self._texts.values()))
        row.holds_anything = row.holds_anything or has_texts or "f" in self._texts
        if not text and kind is None:
            return
        row.cells.extend([""] * (self._column - len(row.cells)))
        row.cells.append(text)
        if kind is not None:
            row.kinds[self._column] = kind

    def _content(self, attributes: dict[str, str]) -> tuple[str, Kind | None]:
        """What a cell shows, and what it is if it is no text."""
        sort = attributes.get("t", "n")
        if sort == "inlineStr":
            return unescaped("".join(self._texts.get("t", ()))), None
        if "v" not in self._texts:
            formula = self._texts.get("f")
            return ("", None) if formula is None else ("=" + "".join(formula), Kind.FORMULA)
        value = "".join(self._texts["v"])
        if sort == "str":
            return unescaped(value), None
        value = value.strip()
        if not value:
            return "", None
        if sort == "s":
            texts = self._workbook.texts
            return texts[_bounded(value, len(texts) - 1)], None
        if sort == "n":
            return self._number_cell(value, attributes.get("s", "0"))
        if sort == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value), Kind.NO_TEXT
        if sort == "e":
            return value, Kind.NO_TEXT
        if sort == "d":
            return value, Kind.DATE
        raise Refused("a cell is of an unknown kind")

    def _number_cell(self, value: str, style: str) -> tuple[str, Kind]:
        kinds = self._workbook.kinds
        kind = kinds[_bounded(style, len(kinds) - 1)] if kinds else Kind.NUMBER
        if kind is Kind.DATE:
            return as_date(value, self._workbook.counts_from_1904), kind
        return value, kind


def _bounded(number: str, most: int) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number) <= most):
        raise Refused(f"a number in it is out of bounds, {number[:20]}")
    return int(number)


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise Refused("a cell has no place")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=10_000)
def as_date(value: str, counts_from_1904: bool) -> str:
    """The day that a number stands for, or the number where it stands for none."""
    try:
        first = datetime(1904, 1, 1) if counts_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zone
        moment = first + timedelta(days=round(float(value) * 86400) / 86400)
    except (ValueError, OverflowError):
        return value
    is_day = moment.time() == datetime.min.time()
    return moment.date().isoformat() if is_day else moment.isoformat(sep=" ", timespec="seconds")
