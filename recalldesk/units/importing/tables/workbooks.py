"""A workbook, for units: what is wrong with it refuses the import."""

from collections.abc import Iterator
from contextlib import contextmanager

from recalldesk.foundation.workbooks.errors import WorkbookNotReadable
from recalldesk.units.errors import FileNotReadable


@contextmanager
def refusing_units() -> Iterator[None]:
    """Raises `FileNotReadable` for whatever is wrong with a workbook while it is read."""
    try:
        yield
    except WorkbookNotReadable as error:
        raise FileNotReadable(error.message, error.hint) from error
