"""Lines that were not taken, as a file that the shop mends and the firm brings in as it is.

Guarantees: it has the shop's own heading and columns, with two more before them that an import does
not ask for: the line's number in the first file, and why it was not taken. A line that nobody
mended is refused again; none is taken that was cut short, or forgotten.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recalldesk.matching.files.dialect import SHEET
from recalldesk.matching.files.formats import Format
from recalldesk.matching.files.headings import Heading, has_quotes
from recalldesk.matching.files.reasons import OrderReject, words_of

LONGEST_ROW = 32_768
"""Bytes of a line that are kept: one that is longer cannot be sent back."""
COLUMNS = ("Recalldesk: line", "Recalldesk: why it was not taken")
ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


@dataclass(frozen=True)
class SentBack:
    """The form of such a file. `heading`: the shop's, as it stood there; `is_sheet`: the rows came
    in a workbook, their cells are kept with tabs between."""

    heading: str
    separator: str
    quotes: bool
    is_sheet: bool

    @classmethod
    def of(cls, heading: Heading, of: Format, encoding: str) -> "SentBack":
        """For a file with this heading: read again, it is read by the same rules."""
        title, dialect = heading.title.decode(encoding, "replace"), heading.dialect
        if dialect.separator != SHEET:
            return cls(title, dialect.separator.decode("latin-1"), dialect.quotes, is_sheet=False)
        asked = of.mapping.delimiter if of.mapping is not None else None
        separator = asked or "\t"
        form = cls("", separator, has_quotes(separator.encode(), of), is_sheet=True)
        cells = title.split(SHEET.decode("latin-1"))
        return cls(form._joined(cells), separator, form.quotes, is_sheet=True)

    @classmethod
    def again(cls, said: object) -> "SentBack | None":
        """As it was kept with a file; None for what is none."""
        if not isinstance(said, Mapping):
            return None
        heading, separator = said.get("heading"), said.get("separator")
        if not isinstance(heading, str) or not isinstance(separator, str):
            return None
        return cls(heading, separator, bool(said.get("quotes")), bool(said.get("is_sheet")))

    @property
    def suffix(self) -> str:
        """Of the file's name."""
        return ".txt" if self.separator == "\t" else ".csv"

    def parts(self, rejects: Iterable[tuple[int, str, str]]) -> Iterator[bytes]:
        """The file, line by line: of each reject its number, the word of its reason, and itself."""
        yield codecs.BOM_UTF8 + self._with_ours(*COLUMNS, self.heading).encode("utf-8", "replace")
        for number, reason, row in rejects:
            yield self._line(number, reason, row)

    def _line(self, number: int, reason: str, row: str) -> bytes:
        if self._is_ours_already and not self.is_sheet:
            *ours, rest = row.split(self.separator, 2)
            row = rest if len(ours) == 2 and '"' not in "".join(ours) else row
        if self.is_sheet:
            row = self._joined(
                "\0" + cell if reason == OrderReject.FORMULA_CELL and cell[:1] == "=" else cell
                for cell in row.split("\t")
            )
        raw = row.encode("utf-8", "replace")
        if len(raw) >= LONGEST_ROW:
            raw = b""
        if reason == OrderReject.NOT_DECODABLE:
            raw = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw)
        why = words_of(reason).replace(self.separator, " ").replace('"', "")
        return f"{number}{self.separator}{why}{self.separator}".encode() + raw + b"\n"

    @property
    def _is_ours_already(self) -> bool:
        return self.heading.startswith(self.separator.join(COLUMNS) + self.separator)

    def _with_ours(self, number: str, why: str, heading: str) -> str:
        if self._is_ours_already and not self.is_sheet:
            return f"{heading}\n"
        return self.separator.join((number, why, heading)) + "\n"

    def _joined(self, cells: Iterable[str]) -> str:
        """The cells of a sheet's row, as text."""
        if not self.quotes:
            return self.separator.join(cells)
        return self.separator.join(map(self._quoted, cells))

    def _quoted(self, cell: str) -> str:
        if '"' not in cell and self.separator not in cell:
            return cell
        return '"' + cell.replace('"', '""') + '"'


def kept_row(text: str) -> bytes:
    """What is kept of a line that was not taken: its first part, whole characters only."""
    raw = text.encode("utf-8", "backslashreplace")
    if len(raw) <= LONGEST_ROW:
        return raw
    return raw[:LONGEST_ROW].decode("utf-8", "ignore").encode().ljust(LONGEST_ROW)
