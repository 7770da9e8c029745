"""A data folder whose database has its tables: prepared once by the real command, then copied.

Guarantees: a copy holds what `recalldesk database prepare` leaves in a new folder. What is copied
is kept in `var/prepared` for all processes and for the next run, until anything is changed from
which tables are made (`tables_key`). Where none can stand, since the database is another server's
or its cluster lies outside the folder, the command itself prepares it.
"""

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from recalldesk.foundation.file_lock import FileLock
from recalldesk.postgres.places import POINTER_NAME
from tests.programs import ROOT, data_folder, start

KEPT = ROOT / "var" / "prepared"
MADE_FROM = (
    "requirements.txt",
    "tests/prepared*.py",
    "recalldesk/*/migrations/*.py",
    "recalldesk/config/**/*.py",
    "recalldesk/postgres/**/*.py",
    "recalldesk/sealing/fields.py",
    "recalldesk/evidence/models.py",
)
"""The migrations, what they import, and what runs them."""


@cache
def tables_key() -> str:
    """Another one once a file is changed from which the tables are made."""
    digest = hashlib.sha256()
    for path in sorted({path for each in MADE_FROM for path in ROOT.glob(each)}):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def lay_prepared(home: Path) -> None:
    """Makes the folder ready, as the command would."""
    known = prepared()
    if known is None:
        _prepare(home)
        return
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    _copy(known, home)


@cache
def prepared() -> Path | None:
    """The folder that is copied, made where it is not kept; None where there is none to copy."""
    if os.environ.get("DATABASE_URL"):
        return None
    kept = KEPT / tables_key()
    KEPT.mkdir(parents=True, exist_ok=True)
    turn = FileLock(KEPT / "turn.lock")
    turn.wait_exclusive()
    try:
        if not kept.exists():
            _keep(kept)
    finally:
        turn.release()
    return kept if kept.exists() else None


def _keep(place: Path) -> None:
    """Leaves a prepared folder at the place, whole or not at all, and none of former tables."""
    for former in KEPT.iterdir():
        if former.is_dir():
            shutil.rmtree(former)
    with data_folder() as folder:
        _prepare(folder)
        if (folder / "postgres" / POINTER_NAME).exists():
            return
        draft = KEPT / "draft"
        draft.mkdir()
        _copy(folder, draft)
        draft.rename(place)


def _copy(folder: Path, to: Path) -> None:
    # Only `cp` keeps the owners: root's cluster belongs to another user.
    subprocess.run(["cp", "-a", f"{folder}/.", str(to)], check=True)


def _prepare(home: Path) -> None:
    program = start(home, "database", "prepare")
    _, complained = program.communicate(timeout=240)
    assert program.returncode == 0, complained
