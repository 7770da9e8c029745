"""Who runs the server: `postmaster.pid`, believed only where a living PostgreSQL of this very
cluster bears the number in it. Numbers are used again by other programs; nothing is ever
concluded from a number alone.
"""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recalldesk.postgres import privileges
from recalldesk.postgres.errors import ClusterUnusableError
from recalldesk.postgres.places import SOCKET_NAME, Places

PROC = Path("/proc")
# `ps` writes other letters than ASCII as signs of its own unless told that UTF-8 is spoken.
PS_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "en_US.UTF-8"}


@dataclass(frozen=True)
class PidFile:
    """What `postmaster.pid` says; later lines are empty while the server begins."""

    pid: int
    port: int
    socket_folder: Path | None
    status: str


def read(cluster: Path) -> PidFile | None:
    """The cluster's pid file, or None if there is none or it makes no sense."""
    try:
        content = (cluster / "postmaster.pid").read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ClusterUnusableError(
            f"Cannot look into {cluster}: {error.strerror}.",
            "Run Recalldesk as the user who made the database.",
        ) from error
    lines = [os.fsdecode(line).strip() for line in content.split(b"\n")] + [""] * 8
    if not lines[0].isascii() or not lines[0].isdecimal() or int(lines[0]) < 1:
        return None
    port = int(lines[3]) if lines[3].isdecimal() else 0
    return PidFile(int(lines[0]), port, Path(lines[4]) if lines[4] else None, lines[7])


def living_postmaster(places: Places) -> PidFile | None:
    """The server of this cluster if it is alive (beginning, ready or ending), else None."""
    privileges.reap()
    found = read(places.cluster)
    if found is not None and is_postmaster(found.pid, places):
        return found
    return None


def is_postmaster(pid: int, places: Places) -> bool:
    """Whether that number is, now, a living PostgreSQL server of this cluster."""
    command = _command_of(pid)
    if command is None or "/postgres -D " not in command:
        return False
    if f" cluster_name={places.mark} " in f"{command} ":
        return True
    # Started by hand, or the folder was renamed while the server ran.
    with suppress(OSError):
        return (PROC / str(pid) / "cwd").samefile(places.cluster)
    return f" {places.cluster} " in f"{command} "


def remove_stale(places: Places) -> None:
    """Remove what a dead server left. Call it only when none lives, under the server's lock."""
    (places.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (places.socket_folder / name).unlink(missing_ok=True)


def _command_of(pid: int) -> str | None:
    """The command line of a living program with spaces between its words; None for the dead and
    for zombies.
    """
    if (PROC / "self" / "stat").exists():
        return _command_by_proc(pid)
    return _command_by_ps(pid)


def _command_by_proc(pid: int) -> str | None:
    try:
        state = (PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()[0]
        words = (PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if state in {b"Z", b"X"}:
        return None
    return os.fsdecode(words).replace("\0", " ").strip()


def _command_by_ps(pid: int) -> str | None:
    asked = subprocess.run(  # noqa: S603 - fixed words and a number
        ["/bin/ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=PS_ENVIRONMENT,
        check=False,
    )
    state, _, command = os.fsdecode(asked.stdout).strip().partition(" ")
    if not state or state.startswith("Z"):
        return None
    return command.strip()
