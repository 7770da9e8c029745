"""`recalldesk work`, and the worker beside a server: begun, started again, never left over."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.prepared import lay_prepared
from tests.programs import comes_true, data_folder, lives, start, status_of


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with data_folder() as folder:
        lay_prepared(folder)
        yield folder


def job_workers(server: int) -> list[int]:
    listed = subprocess.run(
        ["pgrep", "-P", str(server), "-f", f"work --beside {server}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(word) for word in listed.stdout.split()]


@pytest.fixture
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    server = start(home, "serve", "--port", str(port), "--workers", "1")
    try:
        assert comes_true(lambda: status_of(port, "/healthz") == 200)
        yield server, port
    finally:
        server.kill()
        server.communicate()


Served = tuple[subprocess.Popen[str], int]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_it_is_told_to_end(home: Path, number: signal.Signals) -> None:
    worker = start(home, "work", "--at-once", "1")
    assert worker.stdout is not None
    assert "Working, 1 job at once." in worker.stdout.readline()
    worker.send_signal(number)
    _, complained = worker.communicate(timeout=30)
    assert (worker.returncode, complained) == (0, "")
    assert not (home / "postgres" / "cluster" / "postmaster.pid").exists()


def test_a_database_without_tables_is_refused() -> None:
    with data_folder() as empty:
        worker = start(empty, "work")
        said, complained = worker.communicate(timeout=120)
    assert (worker.returncode, said) == (1, "")
    assert "Run `recalldesk database prepare`." in complained
    assert "Traceback" not in complained


def test_a_server_starts_one_and_starts_it_again(served: Served) -> None:
    server, _ = served
    (first,) = job_workers(server.pid)
    os.kill(first, signal.SIGKILL)
    assert comes_true(lambda: job_workers(server.pid) not in ([], [first]), 30)
    (second,) = job_workers(server.pid)
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
    assert not lives(second)


def test_it_does_not_outlive_a_server_that_was_killed(served: Served) -> None:
    server, _ = served
    (worker,) = job_workers(server.pid)
    server.kill()
    server.wait()
    assert comes_true(lambda: not lives(worker), 10)


def test_a_server_can_be_told_to_leave_the_jobs_to_others(home: Path) -> None:
    port = free_port()
    server = start(home, "serve", "--port", str(port), "--workers", "1", "--no-jobs")
    try:
        assert comes_true(lambda: status_of(port, "/healthz") == 200)
        assert job_workers(server.pid) == []
    finally:
        server.terminate()
        server.communicate(timeout=30)
