"""The folder into which a recall is written: whole under its name, or not there.

Guarantees: nobody else may read it from its first byte; each file stands in the manifest with its
size and SHA-256; what a broken-off run left is known by its mark, and goes before the next begins.
"""

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


@dataclass
class Folder:
    """`files`: what was written, by name."""

    place: Path
    unfinished: Path
    files: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def write(self, name: str, parts: Iterable[bytes], **more: Any) -> None:
        """A new file below it. `more`: what else the manifest says of it."""
        path = self.unfinished / name
        if not path.parent.is_dir():
            make_folder(path.parent)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(create_private(path), "wb") as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest(), **more}

    def finish(self, said: Mapping[str, Any]) -> str:
        """Writes the manifest and gives the folder its name; the manifest's SHA-256."""
        text = json.dumps({**said, "files": self.files}, ensure_ascii=False, indent=1)
        content = f"{text}\n".encode()
        with os.fdopen(create_private(self.unfinished / MANIFEST), "wb") as file:
            file.write(content)
        (self.unfinished / MARK).unlink()
        self.unfinished.rename(self.place)
        return hashlib.sha256(content).hexdigest()

    def discard(self) -> None:
        """Leaves nothing of what was begun."""
        shutil.rmtree(self.unfinished, ignore_errors=True)


def begin(place: Path) -> Folder:
    """A new folder beside the place where it will stand. Raises LeavingRefused."""
    if place.exists():
        raise LeavingRefused(f"{place} is there already.", "Name a folder that is not there yet.")
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        if unfinished.exists():
            if not (unfinished / MARK).is_file():
                raise LeavingRefused(
                    f"{unfinished} is there, and nothing of ours.", "Name another folder."
                )
            shutil.rmtree(unfinished)
        make_folder(unfinished)
        os.close(create_private(unfinished / MARK))
    except OSError as error:
        raise LeavingRefused(
            f"{unfinished} cannot be written: {error.strerror}.", "Name a folder in one of yours."
        ) from error
    return Folder(place, unfinished)
