"""The embedded server of one data folder: started by the first program that needs it, shared by
all, stopped by the last. What any of them leaves behind when it is killed is put right by the
next start. A forked child never stops the server of its parent.
"""

import atexit
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recalldesk.postgres import archive, cluster, pidfile, places, postmaster, private_files
from recalldesk.postgres.binaries import binaries_for, installed_version
from recalldesk.postgres.errors import (
    ClusterUnusableError,
    PasswordUnusableError,
    PostgresError,
    StartFailedError,
)
from recalldesk.postgres.locks import FileLock, Turn
from recalldesk.postgres.pidfile import PidFile
from recalldesk.postgres.places import PORT, SOCKET_NAME, Places

# Longer than a start, which the program before us may be in the middle of.
TURN_SECONDS = postmaster.CAP_SECONDS * 2


@dataclass(frozen=True)
class Connection:
    """What Django and psycopg need."""

    host: str
    port: int
    user: str
    password: str
    database: str

    def __repr__(self) -> str:
        return f"Connection({self.user}@{self.host}:{self.port}/{self.database})"


@dataclass(frozen=True)
class ServerStatus:
    """How the server is: `pid` is None if it is not running, `version` None if its programs are
    not installed.
    """

    running: bool
    pid: int | None
    folder: Path
    socket_folder: Path
    version: str | None


class EmbeddedServer:
    """The server whose files are in `folder`.

    `settings` are PostgreSQL's own, for a server that this object starts. `run_as` names the user
    under whom root runs the server. `archive`: the folder into which changes are copied. Raises
    FolderUnusableError if the path cannot be one.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] | None = None,
        run_as: str | None = None,
        archive: Path | None = None,
    ) -> None:
        self.folder = places.absolute(Path(folder))
        self._settings = dict(settings or {})
        self._run_as = run_as
        self._archive = archive
        self._use = FileLock(self.folder / "users.lock")
        self._stops_at_exit = False

    def connection(self) -> Connection:
        """How to connect, whether or not the server runs. Makes the folder and the password file
        if the folder is new. Raises a PostgresError.
        """
        settled = self._prepared()
        try:
            password = private_files.read_password(settled.password)
        except FileNotFoundError:
            if cluster.is_made(settled) and not places.is_anothers(settled):
                raise _password_lost(settled) from None
            password = _ensure_password(settled)
        return _connection(settled, pidfile.living_postmaster(settled), password)

    def start(self) -> Connection:
        """Make sure that the server runs, and hold it for as long as this program lives; again
        and again, if you like. Raises a PostgresError.
        """
        settled = self._prepared()
        with Turn(settled.turn, TURN_SECONDS):
            was_held = self._use.held
            if not self._use.try_shared():
                raise StartFailedError(
                    f"Another program holds {settled.users} for itself.",
                    "End that program; only Recalldesk may lock this file.",
                )
            try:
                connection = self._started(settled)
            except BaseException:
                if not was_held:
                    self._use.release()
                raise
        if not self._stops_at_exit:
            atexit.register(self._stop_at_exit)
            self._stops_at_exit = True
        return connection

    def stop_if_last(self) -> bool:
        """Give the server up; if no other program holds it, stop it. True if it was stopped.

        Does nothing in a program that has not started it, a forked child among them. Raises
        StopFailedError.
        """
        if not self._use.held:
            return False
        if not self.folder.is_dir():
            # Deleted under the server, which notices within a minute and ends by itself.
            self._use.release()
            return False
        settled = self._settled()
        with Turn(settled.turn, TURN_SECONDS):
            if not self._use.try_exclusive():
                return False
            try:
                return postmaster.stop(settled)
            finally:
                self._use.release()

    def is_running(self) -> bool:
        """Whether the server lives."""
        return pidfile.living_postmaster(self._settled()) is not None

    def status(self) -> ServerStatus:
        """How the server is; changes nothing. Raises a PostgresError if that cannot be seen."""
        settled = self._settled()
        found = pidfile.living_postmaster(settled)
        return ServerStatus(
            running=found is not None,
            pid=found.pid if found else None,
            folder=self.folder,
            socket_folder=_socket_folder(settled, found),
            version=installed_version(settled),
        )

    def _prepared(self) -> Places:
        places.prepare(self.folder)
        return self._settled()

    def _settled(self) -> Places:
        return places.settle(self.folder, self._run_as)

    def _started(self, settled: Places) -> Connection:
        if places.is_anothers(settled):
            _put_aside(settled)
        running = postmaster.wait_for(settled)
        if running is None:
            running = self._launched(settled)
        try:
            password = private_files.read_password(settled.password)
        except FileNotFoundError:
            raise _password_lost(settled) from None
        if running.socket_folder and not (running.socket_folder / SOCKET_NAME).is_socket():
            raise StartFailedError(
                f"The database runs (process {running.pid}), but its socket is not to be seen in "
                f"{running.socket_folder}: it was deleted, or this program sees another /tmp.",
                "End every program that uses the database, then start again.",
            )
        return _connection(settled, running, password)

    def _launched(self, settled: Places) -> PidFile:
        places.prepare_home(settled)
        binaries = binaries_for(settled)
        if not cluster.is_made(settled):
            password = _ensure_password(settled)
            cluster.make(settled, binaries, password, self._settings)
        elif not settled.password.exists():
            # The file was lost or thrown away; whoever owns the folder may set a new one.
            password = private_files.new_password()
            pidfile.remove_stale(settled)
            cluster.set_password(settled, binaries, password)
            private_files.write_whole(settled.password, password)
        else:
            # Refuse a bad password file now, not when a server runs that nobody can use.
            private_files.read_password(settled.password)
        places.leave_pointer(settled)
        if self._archive is None:
            return postmaster.launch(settled, binaries, self._settings)
        archive.prepare(self._archive, settled.account)
        archiving = archive.archiving(self._archive)
        return postmaster.launch(settled, binaries, {**self._settings, **archiving})

    def _stop_at_exit(self) -> None:
        try:
            self.stop_if_last()
        except PostgresError as error:
            logging.getLogger(__name__).warning("%s", error)


def _put_aside(settled: Places) -> None:
    found = pidfile.living_postmaster(settled)
    if found is not None:
        raise ClusterUnusableError(
            f"{settled.home} holds the database of an earlier {settled.folder}, which was removed, "
            f"and its server (process {found.pid}) still runs.",
            f"End it (`kill -INT {found.pid}`) and start again: the old database is put aside.",
        )
    logging.getLogger(__name__).warning(
        "The database of an earlier %s, which was removed, is put aside as %s. Remove it if "
        "nothing in it is wanted.",
        settled.folder,
        places.put_aside(settled),
    )


def _connection(settled: Places, running: PidFile | None, password: str) -> Connection:
    return Connection(
        host=str(_socket_folder(settled, running)),
        port=running.port if running and running.port else PORT,
        user=cluster.SUPERUSER,
        password=password,
        database=cluster.DATABASE,
    )


def _socket_folder(settled: Places, running: PidFile | None) -> Path:
    if running is not None and running.socket_folder is not None:
        return running.socket_folder
    return settled.socket_folder


def _ensure_password(settled: Places) -> str:
    # If another program is first, its password is the one.
    with suppress(FileExistsError):
        private_files.write_whole(settled.password, private_files.new_password())
    return private_files.read_password(settled.password)


def _password_lost(settled: Places) -> PasswordUnusableError:
    return PasswordUnusableError(
        f"The password file {settled.password} is gone.",
        "End every program that uses the database and start again: a new password is set, and "
        "nothing is lost.",
    )
