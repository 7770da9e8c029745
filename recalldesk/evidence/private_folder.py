"""The file store on a disk of this machine.

Guarantees: only its user may enter the folder or read a file in it; a file is there whole or not at
all, and once it was stored it outlives a power cut.
"""

import os
import secrets
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from recalldesk.foundation import private_files

UNFINISHED = ".part"


class PrivateFolder(FileSystemStorage):
    """Django's storage in a folder, with private files that replace each other at once."""

    def __init__(self, location: Path) -> None:
        super().__init__(location=location, allow_overwrite=True)

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        self._make_folder(path.parent)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
        try:
            with os.fdopen(private_files.create_private(unfinished), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _keep_name(path.parent)
        return name

    def delete(self, name: str) -> None:
        """Removes a file, and what programs that were killed left of it."""
        super().delete(name)
        path = Path(self.path(name))
        for unfinished in path.parent.glob(f"{path.name}.*{UNFINISHED}"):
            unfinished.unlink(missing_ok=True)

    def _make_folder(self, folder: Path) -> None:
        """The folder and those above it, up to the store's own, which is made in a home of ours."""
        if folder.is_dir():
            return
        if folder == Path(self.location):
            private_files.make_home(folder)
            return
        self._make_folder(folder.parent)
        try:
            private_files.make_folder(folder)
        except FileExistsError:  # another program made it meanwhile
            return
        _keep_name(folder.parent)


def _keep_name(folder: Path) -> None:
    """Names in a folder outlive a power cut only once the folder itself was written."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
