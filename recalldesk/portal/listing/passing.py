"""A file that came with a form, in a folder for a moment.

Guarantee: it stands in the clear there and nowhere else, and only while it is read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_BYTES = 5_000_000


@contextmanager
def passing_file(chunks: Iterable[bytes]) -> Iterator[Path]:
    """Its path. Raises what reading the upload does."""
    with TemporaryDirectory(prefix="recalldesk-list-") as folder:
        path = Path(folder) / "list"
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
        yield path
