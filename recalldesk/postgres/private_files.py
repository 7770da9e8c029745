"""The private files and folders of the embedded server, checked before they are trusted."""

import os
import secrets
import stat
from pathlib import Path

from recalldesk.foundation import private_files
from recalldesk.foundation.private_files import SAFELY
from recalldesk.postgres.errors import (
    FolderUnusableError,
    PasswordUnusableError,
    SocketFolderUnsafeError,
)
from recalldesk.postgres.privileges import Account

ROTATE_AT_BYTES = 10_000_000


def open_private(path: Path, flags: int) -> int:
    """Open a file with mode 0600; a new one belongs to the owner of its folder. The descriptor is
    the caller's. Raises FileNotFoundError, or FolderUnusableError where the file is refused.
    """
    try:
        return private_files.open_private(path, flags)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not flags & os.O_CREAT:
            raise
        raise FolderUnusableError(
            f"Cannot open {path}: {error.strerror}.",
            "The data folder must belong to the user who runs Recalldesk; use one user for all "
            "its programs, or name another folder.",
        ) from error


def open_log(path: Path) -> int:
    """Open the server's log for appending; a large one is first put aside as `….1`."""
    if path.exists() and path.stat().st_size > ROTATE_AT_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    return open_private(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def new_password() -> str:
    """256 random bits, in characters that need no quoting anywhere."""
    return secrets.token_urlsafe(32)


def write_whole(path: Path, text: str) -> None:
    """Put a private file in place, whole or not at all.

    Raises FileExistsError if there is one already: it is never replaced.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        os.link(draft, path)
    finally:
        draft.unlink()


def read_password(path: Path) -> str:
    """The password in the file. Raises FileNotFoundError, and PasswordUnusableError if the file is
    damaged, open to others, or somebody else's.
    """
    with open(open_private(path, os.O_RDONLY), encoding="utf-8", errors="replace") as file:
        found = os.fstat(file.fileno())
        password = file.read(200).strip()
    owners = {os.geteuid(), path.parent.stat().st_uid}
    if stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid not in owners:
        raise PasswordUnusableError(
            f"The password file {path} can be read or changed by other users.",
            "Delete it and start again: a new password is set, and nothing is lost.",
        )
    if len(password) < 20 or not password.isascii() or set(password) & set("'\"\\ \n"):
        raise PasswordUnusableError(
            f"The password file {path} is empty or damaged.",
            "Delete it and start again: a new password is set, and nothing is lost.",
        )
    return password


def ensure_socket_folder(path: Path, account: Account) -> None:
    """Make the socket's folder, or check the one that is there: ours alone, and no link.

    Raises SocketFolderUnsafeError.
    """
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise SocketFolderUnsafeError(
            f"Cannot make the folder {path} for the socket: {error.strerror}.",
            f"Make {path.parent} writable for the user who runs Recalldesk.",
        ) from error
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | SAFELY)
    except OSError as error:
        raise _unsafe(path) from error
    try:
        found = os.fstat(descriptor)
        if found.st_uid not in {account.uid, os.geteuid()} or stat.S_IMODE(found.st_mode) & 0o077:
            raise _unsafe(path)
        if found.st_uid != account.uid:
            os.fchown(descriptor, account.uid, account.gid)
    finally:
        os.close(descriptor)


def _unsafe(path: Path) -> SocketFolderUnsafeError:
    return SocketFolderUnsafeError(
        f"{path}, where the database's socket belongs, is a link, or is owned by or open to "
        "another user.",
        "Somebody may be trying to listen in. Look at it, remove it, and start again.",
    )
