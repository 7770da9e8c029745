"""Folders for tests that run many examples in one function; all are gone when the process ends."""

import atexit
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

_numbers = count()


@cache
def _root() -> Path:
    root = Path(tempfile.mkdtemp(prefix="recalldesk-tests-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def fresh_folder() -> Path:
    """A new empty folder."""
    folder = _root() / str(next(_numbers))
    folder.mkdir()
    return folder
