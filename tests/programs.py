"""`recalldesk` as a program of its own, in a data folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.in_memory import quick_place

ROOT = Path(__file__).resolve().parent.parent
TEST = {"RECALLDESK_PROFILE": "test", "PYTHONPATH": str(ROOT)}


@contextmanager
def data_folder() -> Iterator[Path]:
    """A folder that every user may pass through, since root's database runs as one of them."""
    folder = Path(tempfile.mkdtemp(prefix="rd-", dir=quick_place()))
    folder.chmod(0o755)
    yield folder / "home"
    for pid_file in folder.rglob("postmaster.pid"):
        # What a killed program leaves running must not outlive the test.
        with suppress(ProcessLookupError, ValueError):
            os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


def start(home: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Starts `recalldesk …` in a session of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RECALLDESK_")}
    return subprocess.Popen(
        [sys.executable, "-m", "recalldesk", *words],
        env=kept | TEST | {"RECALLDESK_HOME": str(home)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def status_of(port: int, path: str, seconds: float = 5) -> int:
    """The status of an answer; 0 where there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def comes_true(what: Callable[[], bool], seconds: float = 60) -> bool:
    """Waits until something is so; False where it never was."""
    until = time.monotonic() + seconds
    while not (so := what()) and time.monotonic() < until:
        time.sleep(0.1)
    return so


def web_processes(server: int) -> list[int]:
    """The processes that a `recalldesk serve` has made, its database's apart."""
    listed = subprocess.run(
        ["pgrep", "-P", str(server), "-f", "serve --port"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(word) for word in listed.stdout.split()]


def lives(pid: int) -> bool:
    """Whether the process is there and not merely waiting to be counted off by its parent."""
    seen = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(seen.stdout.strip()) and not seen.stdout.strip().startswith("Z")
