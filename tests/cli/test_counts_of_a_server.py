"""A server's web processes write what they count: one that is killed has lost nothing that was
written, and one that is stopped loses nothing at all.

No recall is published here, so that each check is counted as one that could not be answered.
"""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.prepared import lay_prepared
from tests.programs import TEST, comes_true, data_folder, start, status_of, web_processes

COUNTED = """
import django
django.setup()
from django.db.models import Sum
from recalldesk.checks.models import CheckCount
print(CheckCount.objects.filter(verdict="unanswered", source="api").aggregate(n=Sum("count"))["n"])
"""
BODY = b'{"serial": "TW24013337"}'


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with data_folder() as folder:
        lay_prepared(folder)
        yield folder


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    program = start(home, "serve", "--port", str(port), RECALLDESK_FREE_CHECKS="1000")
    try:
        assert comes_true(lambda: status_of(port, "/healthz") == 200)
        yield program
    finally:
        program.kill()
        program.communicate()


def counted(home: Path) -> int:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECALLDESK_")}
    settings = {
        "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
        "RECALLDESK_HOME": str(home),
    }
    ran = subprocess.run(
        [sys.executable, "-c", COUNTED], env=kept | TEST | settings, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return 0 if ran.stdout.strip() == "None" else int(ran.stdout)


def check(port: int, times: int) -> int:
    """How many of so many checks were answered, each by "try again later"."""
    answered = 0
    for _ in range(times):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/checks", BODY, {"Content-Type": "application/json"}
        )
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
            answered += error.code == 503
        except OSError:
            continue  # the process that had taken it was killed
    return answered


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_stopped_at_once_has_lost_none(
    server: subprocess.Popen[str], home: Path, port: int, ending: signal.Signals
) -> None:
    before = counted(home)
    assert check(port, 40) == 40
    os.kill(server.pid, ending)
    assert server.wait(30) == 0
    assert counted(home) == before + 40


def test_one_that_is_killed_has_lost_nothing_that_was_written(
    server: subprocess.Popen[str], home: Path, port: int
) -> None:
    before = counted(home)
    assert check(port, 40) == 40
    assert comes_true(lambda: counted(home) == before + 40, 20)
    first = web_processes(server.pid)
    for process in first:
        os.kill(process, signal.SIGKILL)
    assert comes_true(lambda: not set(first) & set(web_processes(server.pid)), 20)
    assert comes_true(lambda: status_of(port, "/healthz") == 200, 20)
    more = check(port, 40)
    os.kill(server.pid, signal.SIGTERM)
    assert server.wait(30) == 0
    assert counted(home) == before + 40 + more
