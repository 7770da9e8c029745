"""The database on disk: made in a folder beside its place and renamed into it when whole, so that
a kill at any moment leaves nothing half-made. The password travels by a private file or a pipe,
never on a command line.
"""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from recalldesk.postgres import privileges
from recalldesk.postgres.binaries import MAJOR, Binaries
from recalldesk.postgres.errors import ClusterUnusableError, InitialisationFailedError
from recalldesk.postgres.places import Places
from recalldesk.postgres.privileges import Account

SUPERUSER = "recalldesk"
DATABASE = "recalldesk"
DRAFT_PREFIX = "initialising-"
INITDB_OPTIONS = (
    *("-U", SUPERUSER, "-E", "UTF8", "--auth=scram-sha-256"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)


def is_made(places: Places) -> bool:
    """Whether the cluster is there. Raises ClusterUnusableError if something else is instead."""
    try:
        major = (places.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise ClusterUnusableError(
            f"{places.cluster} belongs to another user.",
            "Run Recalldesk as the user who made the database, or give the whole folder away.",
        ) from error
    except FileNotFoundError:
        if not places.cluster.exists() or not any(places.cluster.iterdir()):
            return False
        raise ClusterUnusableError(
            f"{places.cluster} is not a PostgreSQL database, and it is not empty.",
            "Look at what it is. Move it away to begin with an empty database.",
        ) from None
    if major != str(MAJOR):
        raise ClusterUnusableError(
            f"{places.cluster} was made by PostgreSQL {major}; this version runs {MAJOR}.",
            f"Dump it with the programs of PostgreSQL {major} and load it into a new folder.",
        )
    return True


def make(places: Places, binaries: Binaries, password: str, settings: Mapping[str, str]) -> None:
    """Make the cluster and the database `recalldesk` in it. Raises InitialisationFailedError."""
    for leftover in places.home.glob(f"{DRAFT_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = places.home / f"{DRAFT_PREFIX}{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    try:
        _leave_password(draft, places.account, password)
        _fill(draft, places, binaries, settings)
        (draft / "cluster").rename(places.cluster)
        _flush(places.home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def set_password(places: Places, binaries: Binaries, password: str) -> None:
    """Give the superuser another password while the server is stopped. Raises
    InitialisationFailedError.
    """
    # Only the random characters of `new_password` come here: nothing in them needs quoting.
    sql = f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'"
    _single_user(places.cluster, places, binaries, sql, {})


def _leave_password(draft: Path, account: Account, password: str) -> None:
    # By the open folder, not by its name: nobody can put another folder in its place meanwhile.
    folder = os.open(draft, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        file = os.open("password", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
        with open(file, "w", encoding="ascii") as text:
            text.write(password)
            os.fchown(file, account.uid, account.gid)
        os.fchown(folder, account.uid, account.gid)
    finally:
        os.close(folder)


def _fill(
    draft: Path,
    places: Places,
    binaries: Binaries,
    settings: Mapping[str, str],
) -> None:
    initdb: list[str | Path] = [
        binaries.program("initdb"),
        *INITDB_OPTIONS,
        f"--pwfile={draft / 'password'}",
    ]
    if settings.get("fsync") == "off":
        initdb.append("--no-sync")
    code, printed = privileges.run(places.account, [*initdb, "-D", draft / "cluster"])
    if code != 0:
        raise _failed(places, "initdb", printed)
    sql = f"CREATE DATABASE {DATABASE}"
    _single_user(draft / "cluster", places, binaries, sql, settings)


def _single_user(
    cluster: Path,
    places: Places,
    binaries: Binaries,
    sql: str,
    settings: Mapping[str, str],
) -> None:
    command: list[str | Path] = [binaries.program("postgres"), "--single", "-D", cluster]
    for name, value in {
        "exit_on_error": "on",
        "log_min_error_statement": "panic",
        **settings,
    }.items():
        command += ["-c", f"{name}={value}"]
    code, printed = privileges.run(places.account, [*command, "template1"], text=f"{sql};\n")
    if code != 0:
        raise _failed(places, "postgres --single", printed)


def _failed(places: Places, program: str, printed: str) -> InitialisationFailedError:
    tail = "\n".join(printed.strip().splitlines()[-10:])
    return InitialisationFailedError(
        f"The database in {places.home} could not be prepared; {program} says:\n{tail}",
        "Mend what it names (often a full disk or a folder's permissions) and start again; "
        "nothing half-made is left.",
    )


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
