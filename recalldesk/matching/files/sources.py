"""A file as text that can be scanned, whatever it came as.

Guarantees: which encoding it is in is told from all of its bytes; its lines are counted
independently of whoever reads rows; what is no text is read as a workbook, or refused in words.
"""

import codecs
from pathlib import Path
from typing import BinaryIO

from recalldesk.foundation.line_count import LineCount
from recalldesk.foundation.workbooks.book import is_workbook
from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.matching.files.sheets import sheet_source
from recalldesk.matching.files.source import Source

BLOCK = 4 << 20
HEAD = 4096
SAVE = "Save it as CSV or XLSX and import that file."
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "packed with gzip",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a text document",
}
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")
CONTROL = bytes(set(range(32)) - set(b"\0\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"))
KANA = range(0x3041, 0x30FF)


def source_of(path: Path, folder: Path, asked: str | None) -> Source:
    """The source of a file. Raises `OrderFileRefused`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if is_workbook(head):
            return sheet_source(path, folder)
        _refuse_no_text(head)
        mark, encoding = _by_mark(head)
        encoding = encoding or _by_zeros(head)
        if encoding.startswith("utf-16"):
            return _narrowed(file, path, folder, mark, encoding)
        file.seek(0)
        count, seen = LineCount(unit=1, high_first=False, skip=mark), _Seen()
        while block := file.read(BLOCK):
            count.add(block)
            seen.add(block)
        told = encoding or (codecs.lookup(asked).name if asked else seen.encoding())
        return Source(path, mark, told, told, count.total(), file.tell())


def _refuse_no_text(head: bytes) -> None:
    if not head:
        raise OrderFileRefused("The file is empty.", "Check that the export worked.")
    for start, name in OTHER_FORMATS.items():
        if head.startswith(start):
            raise OrderFileRefused(f"The file is {name}, and no text.", f"Unpack it, or: {SAVE}")
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(PAGES):
        raise OrderFileRefused(
            "The file is a web page, whatever its name says.",
            "Open it in a spreadsheet program, and save it as CSV or XLSX.",
        )
    strange = len(head) - len(head.translate(None, CONTROL))
    if strange * 20 > len(head) and strange > 3:
        raise OrderFileRefused("The file is no text.", SAVE)


def _by_mark(head: bytes) -> tuple[int, str]:
    for mark, name in MARKS:
        if head.startswith(mark):
            return len(mark), name
    return 0, ""


def _by_zeros(head: bytes) -> str:
    even, odd = head[0::2], head[1::2]
    if odd.count(0) * 10 > len(odd) * 7 and even.count(0) * 4 <= len(even):
        return "utf-16-le"
    if even.count(0) * 10 > len(even) * 7 and odd.count(0) * 4 <= len(odd):
        return "utf-16-be"
    return ""


def _narrowed(file: BinaryIO, path: Path, folder: Path, mark: int, encoding: str) -> Source:
    """A file in UTF-16 once more in UTF-8, line by line the same."""
    count = LineCount(unit=2, high_first=encoding.endswith("be"), skip=mark)
    file.seek(0)
    count.add(file.read(mark))
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    text = folder / "text"
    try:
        with text.open("xb") as out:
            while block := file.read(BLOCK):
                count.add(block)
                out.write(decoder.decode(block).encode("utf-8", "surrogatepass"))
            out.write(decoder.decode(b"", final=True).encode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        raise OrderFileRefused(
            "The file ends, or breaks off, in the middle of a character.", "Fetch it again."
        ) from error
    return Source(text, 0, "utf-8", encoding, count.total(), text.stat().st_size)


class _Seen:
    """Which encoding all blocks so far can be in."""

    def __init__(self) -> None:
        self._check = codecs.getincrementaldecoder("utf-8")()
        self._is_utf_8 = True
        self._sample = b""

    def add(self, block: bytes) -> None:
        if not block.isascii() and len(self._sample) < HEAD * 64:
            lines = block.splitlines(keepends=True)[1:-1] or [block]
            self._sample += b"".join(each for each in lines if not each.isascii())[: HEAD * 64]
        if self._is_utf_8:
            try:
                self._check.decode(block)
            except UnicodeDecodeError:
                self._is_utf_8 = False

    def encoding(self) -> str:
        if self._is_utf_8:
            return "utf-8"
        text = self._sample.decode("utf-8", "replace")
        wrong = text.count("\N{REPLACEMENT CHARACTER}")
        right = sum(not each.isascii() for each in text) - wrong
        if right > 10 * wrong:
            return "utf-8"
        return "cp932" if self._is_japanese() else "cp1252"

    def _is_japanese(self) -> bool:
        text = self._sample.decode("cp932", "replace")
        strange = [each for each in text if not each.isascii()]
        kana = sum(ord(each) in KANA for each in strange)
        return kana * 5 > len(strange) > 0
