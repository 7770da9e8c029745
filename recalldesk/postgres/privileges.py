"""Under which user the server runs. PostgreSQL refuses root, so root runs it as somebody else;
everybody else runs it as themselves. What is started gets a bare environment: no secret of ours,
no PG… variable of the caller.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recalldesk.postgres.errors import AccountUnusableError

UNPRIVILEGED_NAMES = ("postgres", "nobody")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """A user of the machine."""

    uid: int
    gid: int
    name: str

    @property
    def is_another(self) -> bool:
        """Whether it is not the user who runs this program."""
        return self.uid != os.geteuid()


def account_for(run_as: str | None, cluster_owner: int | None) -> Account:
    """The user for the server: for root the one asked for, else the owner of the cluster that is
    there, else `postgres` or `nobody`; for anybody else themselves. Raises AccountUnusableError.
    """
    if os.geteuid() != 0:
        return _ourselves(run_as)
    if run_as is not None:
        account = _named(run_as)
        if account is None or account.uid == 0:
            raise AccountUnusableError(
                f"The server cannot run as the user {run_as!r}: there is no such user, or it is "
                "root, which PostgreSQL refuses.",
                "Name an ordinary user of this machine.",
            )
    elif cluster_owner:
        account = _numbered(cluster_owner)
    else:
        account = next(filter(None, map(_named, UNPRIVILEGED_NAMES)), None)
        if account is None:
            raise AccountUnusableError(
                "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`.",
                "Run Recalldesk as an ordinary user.",
            )
    if cluster_owner and cluster_owner != account.uid:
        raise AccountUnusableError(
            f"The database belongs to user number {cluster_owner}, not to {account.name}.",
            "Run the server as its owner, or give the owner's files to the other user first.",
        )
    return account


def ourselves() -> Account:
    """The user who runs this program, root too: for programs that only connect to the server."""
    return Account(os.geteuid(), os.getegid(), _name(os.geteuid()))


def run(
    account: Account,
    command: Sequence[str | Path],
    text: str = "",
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a program to its end as that user: its exit code, and its output and errors together.
    One that cannot even begin gives 126 and the reason. `environment` is added to the bare one.
    """
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs and `sh`, never input
            command,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**ENVIRONMENT, **(environment or {})},
            umask=0o077,
            user=account.uid if account.is_another else None,
            group=account.gid if account.is_another else None,
            extra_groups=[] if account.is_another else None,
            check=False,
        )
    except OSError as error:
        return 126, str(error)
    return done.returncode, done.stdout.decode(errors="replace")


def spawn(account: Account, command: Sequence[str | Path], log: int, kept: int) -> int:
    """Start a program as that user in a session of its own, so that no Ctrl-C of ours reaches it.

    `log` is the open file for its output, `kept` the one open file it inherits. Returns its id;
    `reap` must be called now and then.
    """
    child = subprocess.Popen(  # noqa: S603 - as above
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        env=ENVIRONMENT,
        umask=0o077,
        user=account.uid if account.is_another else None,
        group=account.gid if account.is_another else None,
        extra_groups=[] if account.is_another else None,
        pass_fds=[kept],
        start_new_session=True,
    )
    _children.append(child)
    return child.pid


def reap() -> None:
    """Let our dead children go, so that none stays behind as a zombie."""
    for child in list(_children):
        if child.poll() is not None:
            _children.remove(child)


def owner_if_another(path: Path) -> str | None:
    """Who owns what stands at the path, or the nearest folder above it that can be seen; None
    where that is the user who runs this program.
    """
    for each in (path.absolute(), *path.absolute().parents):
        with suppress(OSError):
            uid = each.stat().st_uid
            return None if uid == os.geteuid() else _name(uid)
    return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def passes(account: Account, test: str, path: Path) -> bool:
    """Whether `test -x path` (or -r, -w) holds for that user, by the kernel's own answer."""
    code, _ = run(account, ["/bin/sh", "-c", 'test "$1" "$2"', "sh", test, path])
    return code == 0


_children: list[subprocess.Popen[bytes]] = []


def _ourselves(run_as: str | None) -> Account:
    uid = os.geteuid()
    try:
        ourselves = _numbered(uid)
    except AccountUnusableError as error:
        raise AccountUnusableError(
            f"User number {uid} has no name on this machine, and PostgreSQL needs one.",
            "Add the user to /etc/passwd, or set DATABASE_URL to a server elsewhere.",
        ) from error
    if run_as is not None and run_as != ourselves.name:
        raise AccountUnusableError(
            f"Only root can run the server as another user ({run_as!r}).",
            "Leave that setting out, or start Recalldesk as that user.",
        )
    return ourselves


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _numbered(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise AccountUnusableError(
            f"The database belongs to user number {uid}, who has no name on this machine.",
            "Add the user to /etc/passwd, or give the folder to a user who is there.",
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
