"""Writes a stand-in to its folder: whole, or not at all.

Guarantees: a folder that is not ours, or holds anything that we did not put there, is left alone,
in its place and beside it; the old one stays until the new one is whole; everybody may read what is
in it, for all of it is public; where nothing changed, nothing is written.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from recalldesk.foundation import clock
from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.manifest import (
    NAME,
    Manifest,
    confirm,
    digest_of,
    read_manifest,
)
from recalldesk.operating.stand_in.ours import others_in, remove
from recalldesk.operating.stand_in.swapping import mend, put_in_place

FOLDERS_MODE, FILES_MODE = 0o755, 0o644


def place_of(folder: Path, home: Path) -> Path:
    """Where the folder really stands, whatever links lead to it. Raises StandInProblem where it
    would hold, or be in, the folder of the installation, of which nothing may be shown."""
    _refuse_link(folder.absolute())
    place, private = folder.resolve(), home.resolve()
    if place == private or private in place.parents or place in private.parents:
        raise StandInProblem(
            f"{folder} is in RECALLDESK_HOME, or around it.",
            "Name a folder elsewhere: everybody may read all that is in it.",
        )
    return place


def _refuse_link(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise StandInProblem(
            f"{folder} is no folder, but a link or a file.", "Name the folder itself."
        )


def refuse_place(folder: Path) -> None:
    """Raises StandInProblem where the folder holds what is not of a stand-in."""
    _refuse_link(folder)
    if not folder.exists() or not any(folder.iterdir()):
        return
    manifest = read_manifest(folder)
    if manifest is None:
        raise StandInProblem(
            f"{folder} is not empty, and not one that this command wrote.",
            "Name a new folder, or empty this one.",
        )
    others = others_in(folder, manifest)
    if others:
        raise StandInProblem(
            f"{folder} holds what this command did not put there, as {others[0]}.",
            "Move it elsewhere: the folder is replaced as a whole.",
        )


def write(folder: Path, files: dict[str, bytes], manifest: Manifest) -> bool:
    """Puts the files there; False where they are there already. Raises StandInProblem, OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    mend(folder)
    refuse_place(folder)
    _remove_begun(folder)
    if _is_there(folder, manifest):
        confirm(folder, clock.now())
        return False
    new = folder.with_name(f".{folder.name}.new-{token_hex(6)}")
    try:
        _make_folder(new)
        _write_file(new / NAME, manifest.written())  # first: by it what is begun is known as ours
        for name, content in sorted(files.items()):
            _write_file(new / name, content)
        refuse_place(folder)
        put_in_place(new, folder)
    except BaseException:
        with suppress(OSError):
            remove(new)
        raise
    return True


def _remove_begun(folder: Path) -> None:
    """Deletes what a killed program had begun to write, or had not quite deleted."""
    begun = re.compile(re.escape(f".{folder.name}.new-") + "[0-9a-f]{12}")
    for beside in sorted(folder.parent.iterdir()):
        if begun.fullmatch(beside.name):
            remove(beside)


def is_whole(folder: Path) -> bool:
    """Whether all files are there as they were written."""
    manifest = read_manifest(folder)
    return manifest is not None and _is_there(folder, manifest)


def _is_there(folder: Path, manifest: Manifest) -> bool:
    """Whether the folder holds just this, byte by byte."""
    if read_manifest(folder) != manifest:
        return False
    try:
        return all(
            digest_of((folder / name).read_bytes()) == digest
            for name, digest in manifest.files.items()
        )
    except OSError:
        return False


def _make_folder(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(FOLDERS_MODE)


def _write_file(path: Path, content: bytes) -> None:
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        _make_folder(folder)
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a manifest would be nobody's
        raise
    path.chmod(FILES_MODE)
