"""A data folder whose database has its tables: prepared once by the real command, then copied.

Guarantee: a copy holds what `recalldesk database prepare` leaves in a new folder. Where none can
stand, since the database is another server's or its cluster lies outside the folder, the command
itself prepares it.
"""

import atexit
import os
import subprocess
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from recalldesk.postgres.places import POINTER_NAME
from tests.programs import data_folder, start


def lay_prepared(home: Path) -> None:
    """Makes the folder ready, as the command would."""
    known = _prepared()
    if known is None:
        _prepare(home)
        return
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    # Only `cp` keeps the owners: root's cluster belongs to another user.
    subprocess.run(["cp", "-a", f"{known}/.", str(home)], check=True)


@cache
def _prepared() -> Path | None:
    """The folder that is copied, made at the first call; None where there is none to copy."""
    if os.environ.get("DATABASE_URL"):
        return None
    kept = ExitStack()
    atexit.register(kept.close)
    folder = kept.enter_context(data_folder())
    _prepare(folder)
    return None if (folder / "postgres" / POINTER_NAME).exists() else folder


def _prepare(home: Path) -> None:
    program = start(home, "database", "prepare")
    _, complained = program.communicate(timeout=240)
    assert program.returncode == 0, complained
