"""The folder in which a drill is held, and the environment of its programs.

Guarantees: a program of a drill is given what stands on the list below and nothing else of whoever
started it, so that no setting of a real provider, mail server or store can reach it; the folder is
removed when the drill is over, and what a killed one left is removed by the next.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.services import FIRM
from recalldesk.drill.errors import DrillRefused
from recalldesk.drill.within import MARK
from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.private_files import make_home
from recalldesk.postgres.errors import PostgresError
from recalldesk.postgres.pidfile import living_postmaster
from recalldesk.postgres.places import ROOT_STORE, Places, settle
from recalldesk.postgres.postmaster import stop

PREFIX = "drill-"
GIB = 1024**3
LEAST_FREE = 2 * GIB
PASSED_ON = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
        *("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "VIRTUAL_ENV"),
        *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"),
        "RECALLDESK_EMBEDDED_USER",
    }
)
"""What a program needs of the machine. Everything else stays outside."""
NOBODY = "http://127.0.0.1:9"
"""Where made-up services are until they listen."""


@dataclass(frozen=True)
class Sandbox:
    """One drill's folder."""

    folder: Path

    @property
    def home(self) -> Path:
        """The data folder of its installation."""
        return self.folder / "home"

    @property
    def own(self) -> Path:
        """What nobody else on the machine may look into: the copied recall, what programs say."""
        return self.folder / "own"

    @property
    def mark(self) -> Path:
        """What it is for."""
        return self.folder / MARK

    @property
    def order(self) -> Path:
        """What is to be played."""
        return self.own / "order.json"

    @property
    def outcome(self) -> Path:
        """What came of it."""
        return self.own / "outcome.json"

    @property
    def said(self) -> Path:
        """What its programs print."""
        return self.own / "programs.txt"

    @property
    def providers(self) -> Path:
        """The ledgers and trays of made-up providers."""
        return self.own / "providers"

    def environment(self, given: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Of each of its programs."""
        kept = {name: value for name, value in given.items() if name in PASSED_ON}
        ours = {
            "PROFILE": "demo",
            "HOME": str(self.home),
            "JOURNAL_FOLDER": str(self.folder / "journal"),
            "LOG_HEADS_FOLDER": str(self.folder / "heads"),
            "EMAIL_URL": "file:",
            "SMS": "local",
            "CLAMD": "none",
            "TREMENDOUS_ADDRESS": NOBODY,
            "EASYPOST_ADDRESS": NOBODY,
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        return kept | {
            **FIRM,
            **{f"RECALLDESK_{name}": value for name, value in ours.items()},
            "DJANGO_SETTINGS_MODULE": "recalldesk.drill.settings",
        }

    def stop_database(self) -> None:
        """Stops a database whose programs are all gone."""
        with suppress(PostgresError, OSError):
            stop(self._database())

    def database_processes(self) -> list[int]:
        """The database's server, while it lives."""
        with suppress(PostgresError, OSError):
            found = living_postmaster(self._database())
            return [found.pid] if found else []
        return []

    def remove(self) -> None:
        """Takes all of it away; the database too, where root's had to lie elsewhere."""
        with suppress(PostgresError, OSError):
            database = self._database()
            stop(database)
            if database.home.parent == ROOT_STORE:
                shutil.rmtree(database.home, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _database(self) -> Places:
        user = self.environment().get("RECALLDESK_EMBEDDED_USER")
        return settle(self.home / "postgres", user or None)


@contextmanager
def sandbox_below(place: Path, *, keep: bool) -> Iterator[Sandbox]:
    """A new one below a folder, held by this program until the block ends; then it is removed
    unless it is to be kept. Raises DrillRefused where there is no room, OSError."""
    make_home(place, others_pass_through=os.geteuid() == 0)
    sweep(place)
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE:
        raise DrillRefused(
            f"Only {free / GIB:.1f} GiB are free below {place}; a drill needs "
            f"{LEAST_FREE / GIB:.0f}.",
            "Make room, or name a folder on another disk with --in.",
        )
    sandbox = Sandbox(Path(tempfile.mkdtemp(prefix=PREFIX, dir=place)))
    if os.geteuid() == 0:
        sandbox.folder.chmod(0o711)  # root's embedded database is another user's
    sandbox.own.mkdir(mode=0o700)
    lock = _lock_of(sandbox.folder)
    lock.try_exclusive()
    sandbox.mark.write_text(json.dumps({"by": os.getpid()}), encoding="utf-8")
    if keep:
        (sandbox.folder / KEPT).touch()
    try:
        yield sandbox
    finally:
        if keep:
            sandbox.stop_database()
        else:
            sandbox.remove()
        lock.release()


def sweep(place: Path) -> int:
    """Removes what killed drills left below a folder; how many. One that was kept stays."""
    swept = 0
    for folder in sorted(place.glob(f"{PREFIX}*")):
        if not (folder / MARK).is_file() or (folder / KEPT).exists():
            continue
        lock = _lock_of(folder)
        if lock.try_exclusive():
            Sandbox(folder).remove()
            lock.release()
            swept += 1
    return swept


KEPT = "kept"
"""Stands in a sandbox that somebody wants to look at."""


def _lock_of(folder: Path) -> FileLock:
    return FileLock(folder / "held.lock")
