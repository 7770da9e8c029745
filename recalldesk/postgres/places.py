"""Where everything of one embedded server lies. No permission of a folder that was there before
is ever changed: what the server's user cannot reach is kept in a place that it can.

`folder` (as the setting names it): password, locks, log. `home` (the same folder, or under
/var/lib/recalldesk when root's folder is closed to the server's user): the cluster, the socket
where the path is short enough, and a copy of the programs where that is needed. Where they are
apart, both hold the same id: a folder made anew never takes up the cluster of one that was removed.
"""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from recalldesk.postgres import privileges
from recalldesk.postgres.errors import ClusterUnusableError, FolderUnusableError
from recalldesk.postgres.private_files import open_private, write_whole
from recalldesk.postgres.privileges import Account

ROOT_STORE = Path("/var/lib/recalldesk")
# Fixed, not $TMPDIR: two programs with different environments must find the same socket.
SHORT_STORE = Path("/tmp")  # noqa: S108 - the folder made in it is 0700, and checked before use
POINTER_NAME = "CLUSTER_IS_AT"
ID_NAME = "CLUSTER_ID"
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
# The kernel's limit is 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_BYTES = 103
LONGEST_CLUSTER_BYTES = 900


@dataclass(frozen=True)
class Places:
    """The folders and files of one server, and the user it runs as."""

    folder: Path
    home: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def password(self) -> Path:
        """The file with the password."""
        return self.folder / "password"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "server.log"

    @property
    def turn(self) -> Path:
        """Locked by the one program that is starting or stopping the server."""
        return self.folder / "start.lock"

    @property
    def users(self) -> Path:
        """Locked, shared, by each program that uses the server."""
        return self.folder / "users.lock"

    @property
    def server(self) -> Path:
        """Locked by the server's own programs for as long as one of them lives."""
        return self.folder / "server.lock"

    @property
    def mark(self) -> str:
        """A word on the server's command line by which it is known again."""
        return f"recalldesk-{_fingerprint(self.cluster)}"

    @property
    def socket_folder(self) -> Path:
        """Beside the data where that is short and plain, else a short one named by owner and
        folder. (A comma or a space in a host name would mean something else to a client.)
        """
        beside = self.home / "socket"
        plain = re.fullmatch(r"[A-Za-z0-9._/+-]+", str(beside))
        if plain and len(str(beside / SOCKET_NAME)) <= LONGEST_SOCKET_BYTES:
            return beside
        return SHORT_STORE / f"recalldesk-{self.account.uid}-{_fingerprint(self.home)}"


def absolute(folder: Path) -> Path:
    """The one true path of a data folder, links resolved. Raises FolderUnusableError."""
    if any(ord(character) < 32 or ord(character) == 127 for character in str(folder)):
        raise FolderUnusableError(
            f"The data folder's name {str(folder)!r} holds a control character.",
            "Name a folder without line breaks and other control characters.",
        )
    try:
        resolved = folder.resolve()
    except (OSError, RuntimeError) as error:
        raise _refused(folder, error) from error
    if len(os.fsencode(resolved)) > LONGEST_CLUSTER_BYTES:
        raise FolderUnusableError(
            f"The data folder's path is longer than {LONGEST_CLUSTER_BYTES} bytes.",
            "Name a folder with a shorter path.",
        )
    return resolved


def prepare(folder: Path) -> None:
    """Make the data folder if it is not there. Raises FolderUnusableError, also where everybody may
    write in it or it is another user's.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The server's user must pass through root's new folder; nobody may list it.
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        found = folder.stat()
    except OSError as error:
        raise _refused(folder, error) from error
    owner = privileges.owner_if_another(folder)
    if owner and os.geteuid() != 0:
        raise FolderUnusableError(
            f"The data folder {folder} belongs to the user {owner}.",
            f"Run Recalldesk as {owner}; or let that user, or root, give you the folder "
            "(`chown -R`).",
        )
    if found.st_mode & 0o002:
        raise FolderUnusableError(
            f"In the data folder {folder} everybody may write.",
            "Name a folder of your own that does not exist yet; it is made with the right owner.",
        )


def settle(folder: Path, run_as: str | None) -> Places:
    """Decide where the cluster of this folder lives and as whom its server runs.

    Raises AccountUnusableError, and ClusterUnusableError if the folder points to a cluster that is
    gone.
    """
    pointer = folder / POINTER_NAME
    if pointer.exists():
        home = _pointed_to(pointer)
        return Places(folder, home, privileges.account_for(run_as, _owner(home / "cluster")))
    owner = _owner(folder / "cluster")
    if owner is None and run_as is None:
        owner = _owner(folder)
    account = privileges.account_for(run_as, owner)
    if not account.is_another or privileges.passes(account, "-x", _nearest(folder)):
        return Places(folder, folder, account)
    home = ROOT_STORE / _fingerprint(folder)
    owner = _owner(home / "cluster") if _is_own(folder, home) else None
    return Places(folder, home, privileges.account_for(run_as, owner))


def has_cluster(folder: Path) -> bool:
    """Whether the data folder has a cluster, here or elsewhere."""
    return (folder / "cluster").exists() or (folder / POINTER_NAME).exists()


def is_anothers(places: Places) -> bool:
    """Whether a cluster stands outside the data folder that was made for an earlier folder."""
    if places.home == places.folder or (places.folder / POINTER_NAME).exists():
        return False
    return not _is_own(places.folder, places.home)


def put_aside(places: Places) -> Path:
    """Keep, under another name, the cluster of a folder that was removed; no server may run on it.
    Raises FolderUnusableError.
    """
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S")
    aside = places.home.with_name(f"{places.home.name}.aside-{moment}")
    try:
        return places.home.rename(aside)
    except OSError as error:
        raise _refused(places.home, error) from error


def prepare_home(places: Places) -> None:
    """Make the place outside the data folder, if the cluster lives there. Raises
    FolderUnusableError.
    """
    if places.home == places.folder:
        return
    for folder in (places.home.parent, places.home):
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o711)
        except OSError as error:
            raise _refused(folder, error) from error
    found = places.home.lstat()
    if places.home.is_symlink() or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise FolderUnusableError(
            f"{places.home} is a link, or others than root may write in it.",
            "Remove it, or give it to root and let nobody else write in it.",
        )
    if not privileges.passes(places.account, "-x", places.home):
        raise FolderUnusableError(
            f"The user {places.account.name} can reach neither {places.folder} nor {places.home}.",
            "Name a data folder that this user can reach.",
        )
    _share_id(places)


def _share_id(places: Places) -> None:
    # The folder's first: a home with the id of a folder that has none would count as another's.
    shared = _id(places.folder)
    if shared is None:
        shared = secrets.token_hex(16)
        write_whole(places.folder / ID_NAME, shared)
    if _id(places.home) != shared:
        (places.home / ID_NAME).unlink(missing_ok=True)
        write_whole(places.home / ID_NAME, shared)


def leave_pointer(places: Places) -> None:
    """Say in the data folder where its cluster is, if that is elsewhere."""
    pointer = places.folder / POINTER_NAME
    if places.home == places.folder or pointer.exists():
        return
    draft = pointer.with_name(POINTER_NAME + ".new")
    with open(open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
        file.write(os.fsencode(places.home) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)


def _pointed_to(pointer: Path) -> Path:
    if pointer.lstat().st_uid not in {0, os.geteuid()}:
        raise ClusterUnusableError(
            f"{pointer} was written by another user.",
            "Look at it; delete it if it is not yours.",
        )
    home = Path(os.fsdecode(pointer.read_bytes().rstrip(b"\n")))
    if not (home / "cluster").is_dir():
        raise ClusterUnusableError(
            f"{pointer} says that this folder's database is in {home}, and it is not there.",
            f"Bring {home} back; or, if the database is to begin empty, delete {pointer}.",
        )
    ids = _id(pointer.parent), _id(home)
    if None not in ids and ids[0] != ids[1]:
        raise ClusterUnusableError(
            f"{pointer} says that this folder's database is in {home}, and another stands there.",
            f"Look for the right one beside it ({home.name}.aside-…) and put it in its place; or, "
            f"if the database is to begin empty, delete {pointer}.",
        )
    return home


def _is_own(folder: Path, home: Path) -> bool:
    """Whether what is in the home is this folder's, or nothing is there yet."""
    return not (home / "cluster").exists() or _id(folder) == (_id(home) or "")


def _id(folder: Path) -> str | None:
    with suppress(OSError):
        return (folder / ID_NAME).read_text(encoding="ascii").strip() or None
    return None


def _owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refused(path, error) from error


def _nearest(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists())


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _refused(folder: Path, error: Exception) -> FolderUnusableError:
    return FolderUnusableError(
        f"Cannot use the data folder {folder}: {error}.",
        "Name a folder that the user who runs Recalldesk may make and write in.",
    )
