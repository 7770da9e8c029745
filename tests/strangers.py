"""Another user of the machine, programs run as that user, and a folder that both pass through."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recalldesk.postgres import privileges
from recalldesk.postgres.privileges import Account

REPOSITORY = Path(__file__).resolve().parents[1]


def find_stranger() -> Account:
    """An ordinary user who is not us; skips the test where we cannot act as one."""
    if os.geteuid() != 0:
        pytest.skip("only root can act as another user")
    account = privileges.account_for("nobody", None)
    if not privileges.passes(account, "-r", REPOSITORY / "recalldesk" / "postgres" / "server.py"):
        pytest.skip("another user cannot read this repository")
    return account


def run_as(account: Account, imports: str, code: str) -> None:
    """Runs a program as that user. The interpreter may lie in a closed home: imports come first."""
    become = f"import os; os.setgroups([]); os.setgid({account.gid}); os.setuid({account.uid})"
    subprocess.run(
        [sys.executable, "-c", f"{imports}\n{become}\n{code}"], cwd=REPOSITORY, check=True
    )


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def careless_umask() -> Iterator[None]:
    """A umask that takes nothing away."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def place_for_everybody() -> Iterator[Path]:
    """Not pytest's own folder, which is closed to other users anyway; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rd-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
