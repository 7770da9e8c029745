"""The zip archive that a workbook is, looked over before any of it is unpacked.

Guarantees: what unpacks to too much, is locked, stands in it twice or is no workbook is refused in
words; no part is ever read beyond the size that was looked at.
"""

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from recalldesk.foundation.workbooks.errors import WorkbookNotReadable

BLOCK = 1 << 18
MOST_TIMES_PACKED = 200
"""Lists pack to a tenth or so; what unpacks to this many times its size is a trap."""
SAVE_AS_TEXT = "Save it as CSV or plain text and import that file."
MOST_PARTS = 5_000
LARGEST_PART = 2 << 30
LARGEST_IN_MEMORY = 512 << 20
SMALL = 32 << 20
"""Bytes, unpacked. A part in memory is one that is not read in blocks."""
DAMAGED = "Save it again in the spreadsheet program, or fetch it again, and import it."


class Archive:
    """The parts of a workbook by name. Used within `archive_of`."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self._name = path.name
        self._file = file
        self._sizes = {part.filename: part.file_size for part in file.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._sizes)

    def size(self, part: str) -> int:
        """Bytes of a part, unpacked."""
        return self._sizes.get(part, 0)

    def blocks(self, part: str) -> Generator[bytes, None, None]:
        """A part in blocks. Raises `WorkbookNotReadable`."""
        if part not in self._sizes:
            raise self.damaged(f"a part of it is missing, {part}")
        try:
            with self._file.open(part) as stream:
                while block := stream.read(BLOCK):
                    yield block
        # All that Python says of bytes that are damaged, cut off or packed in an unknown way.
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self.damaged(f"its part {part} cannot be unpacked") from error

    def damaged(self, how: str) -> WorkbookNotReadable:
        """The refusal of a workbook that is not as it should be."""
        return WorkbookNotReadable(f"{self._name} is a damaged workbook: {how}.", DAMAGED)


@contextmanager
def archive_of(path: Path) -> Iterator[Archive]:
    """The workbook's parts. Raises `WorkbookNotReadable` for whatever is no workbook to be read."""
    try:
        file = zipfile.ZipFile(path)
    # ValueError: places in its directory that lie outside the file.
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise WorkbookNotReadable(
            f"{path.name} is a damaged or cut-off workbook.", DAMAGED
        ) from error
    with file:
        _look_over(path, file)
        yield Archive(path, file)


def _look_over(path: Path, file: zipfile.ZipFile) -> None:
    parts = file.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookNotReadable(
            f"{path.name} is locked with a password.", "Save it without one, and import that file."
        )
    names = [part.filename.casefold() for part in parts]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise WorkbookNotReadable(
            f"{path.name} is a damaged workbook: it has parts twice, or too many.", DAMAGED
        )
    _refuse_other_archives(path, file)
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(part.compress_type not in usual for part in parts):
        raise WorkbookNotReadable(f"{path.name} is packed in an unusual way.", DAMAGED)
    for part in parts:
        is_trap = part.file_size > max(SMALL, part.compress_size * MOST_TIMES_PACKED)
        if is_trap or part.file_size > LARGEST_PART:
            raise WorkbookNotReadable(
                f"{path.name} unpacks to far more than a list does.",
                f"It is no ordinary workbook. {SAVE_AS_TEXT}",
            )


def _refuse_other_archives(path: Path, file: zipfile.ZipFile) -> None:
    names = set(file.namelist())
    kind = "a zip archive and no workbook"
    advice = "Unpack it, and import the file that is in it."
    if "content.xml" in names and "mimetype" in names:
        kind = "an OpenDocument file (.ods)"
        advice = f"Save it as .xlsx and import that. Or: {SAVE_AS_TEXT}"
    elif "xl/workbook.bin" in names:
        kind = "a binary workbook (.xlsb), whatever its name says"
        advice = f"Save it as .xlsx and import that. Or: {SAVE_AS_TEXT}"
    elif "word/document.xml" in names or "ppt/presentation.xml" in names:
        kind = "a text document or a presentation"
        advice = f"Copy the rows into a sheet. Or: {SAVE_AS_TEXT}"
    elif "_rels/.rels" in names:
        return
    raise WorkbookNotReadable(f"{path.name} is {kind}.", advice)
