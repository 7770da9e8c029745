"""What in a folder is ours: what its manifest names, and the folders that these files need.

Guarantee: nothing is deleted that a manifest of ours does not name; no link is followed.
"""

import os
from pathlib import Path, PurePosixPath

from recalldesk.operating.stand_in.manifest import NAME, Manifest, read_manifest


def is_ours(folder: Path) -> bool:
    """Whether it is a folder, not a link to one, in which our manifest stands."""
    return not folder.is_symlink() and folder.is_dir() and read_manifest(folder) is not None


def others_in(folder: Path, manifest: Manifest) -> list[str]:
    """What else stands in it: files, links, and folders, also empty ones. Raises OSError."""
    files = {*manifest.files, NAME}
    folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
    return sorted(
        path.relative_to(folder).as_posix()
        for path in _entries(folder)
        if path.is_symlink()
        or path.relative_to(folder).as_posix() not in (folders if path.is_dir() else files)
    )


def remove(folder: Path) -> bool:
    """Deletes a folder of ours, or an empty one; False where it is neither, or holds anything else:
    then nothing is deleted. The manifest goes last, so that what is left by a kill is still known.

    Raises OSError.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    manifest = read_manifest(folder)
    if manifest is None:
        return _removed_empty(folder)
    if others_in(folder, manifest):
        return False
    for path in reversed(_entries(folder)):
        if path.is_dir():
            path.rmdir()
        elif path != folder / NAME:
            path.unlink()
    (folder / NAME).unlink()
    folder.rmdir()
    return True


def _removed_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _entries(folder: Path) -> list[Path]:
    """Everything below it, each folder before what is in it."""
    walked = os.walk(folder, onerror=_raise)
    return [Path(at, name) for at, folders, files in walked for name in (*folders, *files)]


def _raise(error: OSError) -> None:
    raise error
