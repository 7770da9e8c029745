"""Starts and stops the server. It is never left in doubt whether one lives: the server's programs
hold a lock for as long as any of them does, and none is started while that lock is held.
Only a server of this very cluster is ever sent a signal.
"""

import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from recalldesk.postgres import pidfile, privileges
from recalldesk.postgres.binaries import Binaries
from recalldesk.postgres.errors import StartFailedError, StopFailedError
from recalldesk.postgres.locks import POLL_SECONDS, FileLock
from recalldesk.postgres.pidfile import PidFile
from recalldesk.postgres.places import PORT, SOCKET_NAME, Places
from recalldesk.postgres.private_files import ensure_socket_folder, open_log

CAP_SECONDS = 60.0
LOG_LINES_QUOTED = 15
READY = "ready"
# Durable, modest in memory, and quiet about people: what a statement or a conflict held (a name,
# an address) is not copied into the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


def wait_for(places: Places, seconds: float = CAP_SECONDS) -> PidFile | None:
    """Wait until the server is ready, or certainly none lives (None). Raises StartFailedError."""
    deadline = time.monotonic() + seconds
    while True:
        found = pidfile.living_postmaster(places)
        if found is not None and found.status == READY:
            return found
        if found is None and _none_lives(places):
            return None
        if time.monotonic() > deadline:
            raise StartFailedError(
                f"For {seconds:.0f} seconds the database in {places.home} has been neither ready "
                f"nor gone.{_tail(places.log, 0)}",
                "If the log says that it is recovering, wait and start again: nothing is lost. "
                "It may also be in use by another container, which must be ended first.",
            )
        time.sleep(POLL_SECONDS)


def launch(
    places: Places,
    binaries: Binaries,
    settings: Mapping[str, str],
    seconds: float = CAP_SECONDS,
) -> PidFile:
    """Start the server and wait until it is ready; call it only after `wait_for` gave None.

    Raises StartFailedError with the last lines of the log.
    """
    ensure_socket_folder(places.socket_folder, places.account)
    lock = FileLock(places.server)
    log = open_log(places.log)
    begun_at = os.fstat(log).st_size
    try:
        if not lock.try_exclusive():
            raise _failed_start(places, begun_at)
        pidfile.remove_stale(places)
        pid = privileges.spawn(
            places.account, _command(places, binaries, settings), log, lock.fileno()
        )
    finally:
        os.close(log)
        lock.let_go()
    return _until_ready(places, pid, begun_at, seconds)


def stop(places: Places, seconds: float = CAP_SECONDS) -> bool:
    """Stop the server fast and whole (SIGINT: sessions are ended, everything is written). False
    if none lives. Raises StopFailedError.
    """
    found = pidfile.living_postmaster(places)
    if found is None:
        return False
    try:
        os.kill(found.pid, signal.SIGINT)
    except ProcessLookupError:
        return False
    except PermissionError as error:
        raise StopFailedError(
            f"The database server ({found.pid}) belongs to another user.",
            "Stop it as the user who started it.",
        ) from error
    deadline = time.monotonic() + seconds
    while pidfile.is_postmaster(found.pid, places) or not _none_lives(places):
        privileges.reap()
        if time.monotonic() > deadline:
            raise StopFailedError(
                f"The database server ({found.pid}) has been asked to stop and still writes.",
                "Leave it: it ends when its last page is written. Nothing is lost.",
            )
        time.sleep(POLL_SECONDS)
    privileges.reap()
    with suppress(OSError):
        places.socket_folder.rmdir()
    return True


def _until_ready(places: Places, pid: int, begun_at: int, seconds: float) -> PidFile:
    deadline = time.monotonic() + seconds
    while True:
        found = pidfile.read(places.cluster)
        # An old pid file may say `ready` of a server that is long dead.
        if found is not None and found.pid == pid and found.status == READY:
            return found
        if not pidfile.is_postmaster(pid, places) and _none_lives(places):
            privileges.reap()
            raise _failed_start(places, begun_at)
        if time.monotonic() > deadline:
            raise StartFailedError(
                f"The database in {places.home} is not ready after {seconds:.0f} seconds."
                f"{_tail(places.log, begun_at)}",
                "It goes on by itself (after a power cut it repairs its files first): start again "
                "in a minute.",
            )
        time.sleep(POLL_SECONDS)


def _none_lives(places: Places) -> bool:
    lock = FileLock(places.server)
    free = lock.try_exclusive()
    lock.release()
    return free


def _command(places: Places, binaries: Binaries, settings: Mapping[str, str]) -> list[str | Path]:
    command: list[str | Path] = [binaries.program("postgres"), "-D", places.cluster]
    for name, value in {
        "cluster_name": places.mark,
        "unix_socket_directories": str(places.socket_folder),
        **SETTINGS,
        **settings,
    }.items():
        command += ["-c", f"{name}={value}"]
    return command


def _failed_start(places: Places, begun_at: int) -> StartFailedError:
    return StartFailedError(
        f"The database in {places.home} did not start.{_tail(places.log, begun_at)}",
        f"Mend what the log names (often a full disk, or memory) and start again. The whole log "
        f"is {places.log}. The socket is {places.socket_folder / SOCKET_NAME}.",
    )


def _tail(log: Path, begun_at: int) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(begun_at, log.stat().st_size - 20_000))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    quoted = "\n".join(lines[-LOG_LINES_QUOTED:])
    return f" Its log ends:\n{quoted}" if quoted else " Its log is empty."
