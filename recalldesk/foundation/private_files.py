"""Files and folders that only one user may read, made so from their first byte.

Guarantees: nothing made here is open to anybody else for a moment, whatever the umask; what root
makes below another user's folder belongs to that user, whose programs must read it; a link in the
place of a file is refused, never followed.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

SAFELY = os.O_NOFOLLOW | os.O_CLOEXEC
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_private(path: Path, flags: int) -> int:
    """Opens a file; a new one has mode 0600. The descriptor is the caller's. Raises OSError."""
    if not flags & os.O_CREAT:
        return os.open(path, flags | SAFELY)
    try:
        descriptor = os.open(path, flags | SAFELY | os.O_EXCL, 0o600)
    except FileExistsError:
        if flags & os.O_EXCL:
            raise
        descriptor = os.open(path, flags & ~os.O_CREAT | SAFELY)
        if os.fstat(descriptor).st_nlink != 1:
            # A second name of, say, a file of root's: we would write into that file.
            os.close(descriptor)
            raise OSError(errno.EMLINK, "it is a second name of another file") from None
        return descriptor
    _give_to_owner_of(path.parent, descriptor)
    return descriptor


def create_private(path: Path) -> int:
    """Opens a new file with mode 0600 for writing. Raises FileExistsError where there is one."""
    return open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)


def make_folder(path: Path) -> None:
    """Makes a folder that only its user may enter, in one that is there. Raises OSError."""
    path.mkdir(mode=0o700)
    _give_to_owner_of(path.parent, path)


def make_home(path: Path, *, others_pass_through: bool = False) -> None:
    """Makes a folder of this very user, and those above it where they are missing; one that is
    there stays as it is. With `others_pass_through` others may reach what is open to them inside,
    but list nothing. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    if others_pass_through:
        path.chmod(0o711)


def close_to_others(folder: Path) -> None:
    """Takes from everybody but its user whatever they may do in a folder that is there already."""
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # another program may be removing it
            mode = path.lstat().st_mode
            if mode & OF_OTHERS and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~OF_OTHERS)


def _give_to_owner_of(folder: Path, made: Path | int) -> None:
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(made, owner.st_uid, owner.st_gid)
