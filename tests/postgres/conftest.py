"""Short-lived data folders, servers in this program, and other programs that use the same server.

The folders are not pytest's own: those are closed to other users, and root's server runs as one.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from recalldesk.postgres import privileges
from recalldesk.postgres.privileges import Account
from recalldesk.postgres.server import Connection, EmbeddedServer
from tests.in_memory import quick_place
from tests.strangers import find_stranger

REPOSITORY = Path(__file__).parents[2]
IMPORTED_FROM = os.pathsep.join([str(REPOSITORY), *filter(None, sys.path)])
STARTS_AND_WAITS = """
import sys
from pathlib import Path
from recalldesk.postgres.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), settings={"fsync": "off"})
server.start()
print(server.status().pid, flush=True)
sys.stdin.read()
"""


# The interpreter itself may lie in a home closed to that user: load first, then become them.
BECOMES_ANOTHER = """
import os, psycopg, recalldesk.postgres.server
os.setgroups([]); os.setgid({gid}); os.setuid({uid})
"""


class Program:
    """Another Python program. It ends when its standard input does."""

    def __init__(self, code: str, folder: Path, account: Account | None = None) -> None:
        if account:
            code = BECOMES_ANOTHER.format(uid=account.uid, gid=account.gid) + code
        self.running = subprocess.Popen(
            [sys.executable, "-X", "dev", "-W", "error", "-c", code, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder.parent,
            env={**os.environ, "PYTHONPATH": IMPORTED_FROM, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )

    def line(self) -> str:
        assert self.running.stdout is not None
        return self.running.stdout.readline().strip()

    def end(self) -> int:
        self.running.communicate(timeout=60)
        return self.running.returncode

    def kill(self) -> None:
        self.running.kill()
        self.running.communicate(timeout=60)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may pass through, gone after the test."""
    folder = Path(tempfile.mkdtemp(prefix="rd-", dir=quick_place()))
    folder.chmod(0o755)
    yield folder
    for pid_file in folder.rglob("postmaster.pid"):
        # Only a failed test leaves a server; it must not outlive the test.
        with suppress(ProcessLookupError, ValueError):
            os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGQUIT)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made_before() -> Iterator[Path]:
    """A data folder whose server has run once: a copy of it is quicker than a first start."""
    folder = Path(tempfile.mkdtemp(prefix="rd-", dir=quick_place()))
    folder.chmod(0o755)
    embedded = EmbeddedServer(folder / "db", {"fsync": "off"})
    embedded.start()
    embedded.stop_if_last()
    yield folder / "db"
    shutil.rmtree(folder)


@pytest.fixture
def usual_folder(place: Path, made_before: Path) -> Callable[[], Path]:
    """Gives `place/db`: as the test has made it, else one whose server has run before."""

    def folder() -> Path:
        if not (place / "db").exists():
            subprocess.run(["cp", "-a", made_before, place / "db"], check=True)
        return place / "db"

    return folder


@pytest.fixture
def server(usual_folder: Callable[[], Path]) -> Iterator[Callable[..., EmbeddedServer]]:
    """Makes a server object of this program, by default for `place/db`; ended after the test."""
    made: list[EmbeddedServer] = []

    def make(
        folder: Path | None = None, run_as: str | None = None, **settings: str
    ) -> EmbeddedServer:
        server = EmbeddedServer(folder or usual_folder(), {"fsync": "off", **settings}, run_as)
        made.append(server)
        return server

    yield make
    for each in made:
        each.stop_if_last()


@pytest.fixture
def program(usual_folder: Callable[[], Path]) -> Iterator[Callable[..., Program]]:
    """Starts another program on `place/db`; killed after the test if it has not ended."""
    made: list[Program] = []

    def start(
        code: str = STARTS_AND_WAITS, folder: Path | None = None, account: Account | None = None
    ) -> Program:
        made.append(Program(code, folder or usual_folder(), account))
        return made[-1]

    yield start
    for each in made:
        each.kill()


@pytest.fixture
def ask() -> Callable[[Connection, str], list[tuple[object, ...]]]:
    """Runs one statement on a connection of its own; its rows, if it has any."""

    def run(connection: Connection, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(
            host=connection.host,
            port=connection.port,
            user=connection.user,
            password=connection.password,
            dbname=connection.database,
        ) as session:
            cursor = session.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def stranger() -> Account:
    """An ordinary user who is neither us nor the one root's server runs as."""
    account = find_stranger()
    if privileges.account_for(None, None) == account:
        pytest.skip("this machine has only one unprivileged user")
    return account
