"""Files in a folder that only this user may read."""

import os
from pathlib import Path

from recalldesk.foundation import private_files


def write_private(folder: Path, name: str, content: bytes) -> None:
    """A file, there whole or not at all; one of this name is replaced. Raises OSError."""
    if not folder.is_dir():
        private_files.make_home(folder)
    part = folder / f".{name}.{os.getpid()}"
    with os.fdopen(private_files.open_private(part, os.O_WRONLY | os.O_CREAT), "wb") as file:
        file.write(content)
    part.replace(folder / name)
