"""A workbook, for units: what is wrong with it refuses the import."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recalldesk.foundation.workbooks import archive
from recalldesk.foundation.workbooks.errors import WorkbookNotReadable
from recalldesk.units.errors import FileNotReadable


@contextmanager
def archive_of(path: Path) -> Iterator[archive.Archive]:
    """The workbook's parts. Raises `FileNotReadable` for whatever is wrong while they are read."""
    try:
        with archive.archive_of(path) as opened:
            yield opened
    except WorkbookNotReadable as error:
        raise FileNotReadable(error.message, error.hint) from error
