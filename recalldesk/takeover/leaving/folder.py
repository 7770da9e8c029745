"""The folder into which a recall is written: whole under its name, or not there.

Guarantees: nobody else may read it from its first byte; each file stands in the manifest with its
size and SHA-256; one run at a time writes for a name, and nothing that stands there is touched;
what a broken-off run left has another name, is known by its mark, and goes before the next begins.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recalldesk.foundation.private_files import create_private, make_folder
from recalldesk.takeover.errors import LeavingRefused

MARK = ".recalldesk-leave"
MANIFEST = "manifest.json"
ANOTHER = "Name a folder that is not there yet."


@dataclass
class Folder:
    """`files`: what was written, by name; `lock`: of the folder, which goes with the program."""

    place: Path
    unfinished: Path
    lock: int
    files: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def write(self, name: str, parts: Iterable[bytes], **more: Any) -> None:
        """A new file below it. `more`: what else the manifest says of it."""
        path = self.unfinished / name
        self._make_folders(path.parent)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(create_private(path), "wb") as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest(), **more}

    def _make_folders(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folders(folder.parent)
            make_folder(folder)

    def finish(self, said: Mapping[str, Any]) -> str:
        """Writes the manifest and gives the folder its name; the manifest's SHA-256."""
        text = json.dumps({**said, "files": self.files}, ensure_ascii=False, indent=1)
        content = f"{text}\n".encode()
        with os.fdopen(create_private(self.unfinished / MANIFEST), "wb") as file:
            file.write(content)
        (self.unfinished / MARK).unlink()  # from here on it is known by its manifest
        try:
            self.unfinished.rename(self.place)
        except OSError as error:
            raise LeavingRefused(f"Something came to stand at {self.place}.", ANOTHER) from error
        os.close(self.lock)
        return hashlib.sha256(content).hexdigest()

    def discard(self) -> None:
        """Leaves nothing of what was begun."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        os.close(self.lock)


def begin(place: Path) -> Folder:
    """A new folder beside the place where it will stand. Raises LeavingRefused."""
    if os.path.lexists(place):
        raise LeavingRefused(f"{place} is there already.", ANOTHER)
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        if os.path.lexists(unfinished):
            _clear(unfinished)
        make_folder(unfinished)
        lock = _locked(unfinished)
        os.close(create_private(unfinished / MARK))
    except FileExistsError as error:
        raise _busy(place) from error
    except OSError as error:
        raise LeavingRefused(
            f"{unfinished} cannot be written: {error.strerror}.", "Name a folder in one of yours."
        ) from error
    return Folder(place, unfinished, lock)


def _clear(unfinished: Path) -> None:
    """Removes what a broken-off run left. Raises LeavingRefused, OSError."""
    if unfinished.is_symlink() or not unfinished.is_dir():
        raise LeavingRefused(f"{unfinished} is there, and nothing of ours.", "Name another folder.")
    lock = _locked(unfinished)
    try:
        names = {each.name for each in unfinished.iterdir()}
        if not names & {MARK, MANIFEST}:
            raise LeavingRefused(
                f"{unfinished} is there, and nothing of ours.", "Name another folder."
            )
        shutil.rmtree(unfinished)
    finally:
        os.close(lock)


def _locked(folder: Path) -> int:
    """The lock of a folder. Raises LeavingRefused where another run has it, OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_there = os.fstat(handle).st_ino == folder.stat().st_ino
    except OSError as error:
        os.close(handle)
        if error.errno == errno.EWOULDBLOCK:
            raise _busy(folder) from error
        raise
    if not is_there:  # another run cleared it away meanwhile
        os.close(handle)
        raise _busy(folder)
    return handle


def _busy(place: Path) -> LeavingRefused:
    return LeavingRefused(
        f"Another run writes at {place} at this moment.", "Wait for it, or name another folder."
    )
