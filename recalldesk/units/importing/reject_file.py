"""The file of rejected rows that is sent back: CSV in UTF-8: line, reason, row, advice.

Guarantees: appears whole or not at all, and only if there are rejects; each row stands in it in
full length, as it came. Bytes that cannot be read are written as backslash escapes.
"""

import os
from pathlib import Path
from typing import TextIO

from recalldesk.units.errors import ImportRefused
from recalldesk.units.states import RejectReason

HEADING = "line,reason,row,advice\r\n"


class RejectFile:
    """Collects rejects beside the place where the file will stand. `path` None: writes nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    @property
    def _part(self) -> Path:
        assert self._path is not None
        return self._path.with_name(f".{self._path.name}.part")

    def add(self, line_number: int, reason: RejectReason, row: str, advice: str = "") -> None:
        """Writes one reject down. Raises `ImportRefused` if it cannot be written."""
        if self._path is None:
            return
        try:
            if self._file is None:
                self._file = self._part.open(
                    "w", encoding="utf-8", errors="backslashreplace", newline=""
                )
                self._file.write(HEADING)
            cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in (row, advice))
            self._file.write(f"{line_number},{reason.value},{cells}\r\n")
        except OSError as error:
            raise ImportRefused(
                f"The file of rejects {self._path} cannot be written: {error.strerror}.",
                "Name a file in a folder that can be written to.",
            ) from error

    def keep(self) -> None:
        """Puts the finished file in its place, if there was any reject."""
        if self._file is None or self._path is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)
        self._file = None

    def discard(self) -> None:
        """Leaves no trace of a file that was not kept."""
        if self._file is not None:
            self._file.close()
            self._part.unlink(missing_ok=True)
            self._file = None
