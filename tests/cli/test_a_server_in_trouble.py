"""A server goes on where one of its processes dies, ends whole, and is held up by nobody."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.programs import (
    comes_true,
    data_folder,
    lives,
    start,
    status_of,
    web_processes,
)

Ended = list[tuple[int, str, str]]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def prepared(home: Path) -> Ended:
    """Two programs at once on an empty folder: what came of each."""
    both = [start(home, "database", "prepare") for _ in range(2)]
    return [(each.wait(120), *each.communicate()) for each in both]


Served = tuple[subprocess.Popen[str], int]


@pytest.fixture
def served(home: Path, prepared: Ended) -> Iterator[Served]:
    """A server with two web processes, and its port."""
    port = free_port()
    server = start(home, "serve", "--port", str(port))
    try:
        assert comes_true(lambda: status_of(port, "/readyz") == 200 and workers(server))
        yield server, port
    finally:
        server.kill()
        server.communicate()


def workers(server: subprocess.Popen[str]) -> bool:
    return len(web_processes(server.pid)) == 2


def test_two_programs_may_prepare_an_empty_database_at_once(prepared: Ended) -> None:
    assert [code for code, *_ in prepared] == [0, 0], prepared[0][2][-300:] + prepared[1][2][-300:]


def test_a_web_process_that_dies_is_started_again(served: Served) -> None:
    server, port = served
    first = web_processes(server.pid)
    os.kill(first[0], signal.SIGKILL)
    assert comes_true(lambda: workers(server) and first[0] not in web_processes(server.pid), 20)
    assert server.poll() is None
    assert comes_true(lambda: status_of(port, "/healthz") == 200, 20)


def test_no_web_process_outlives_a_server_that_was_killed(served: Served) -> None:
    server, _ = served
    left = web_processes(server.pid)
    server.kill()
    server.wait()
    assert comes_true(lambda: not any(lives(pid) for pid in left), 6)


def test_slow_senders_do_not_stop_the_rest(served: Served) -> None:
    _, port = served
    head = b"POST /en/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nserial=A"
    with ExitStack() as slow:
        for _ in range(80):
            sender = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
            sender.sendall(head)
        assert [status_of(port, "/healthz") for _ in range(10)] == [200] * 10
        assert status_of(port, "/en/") == 200


def test_ctrl_c_ends_a_server_and_its_database_quietly(served: Served, home: Path) -> None:
    server, _ = served
    for _ in range(3):
        os.kill(server.pid, signal.SIGINT)
    assert server.wait(30) == 0
    assert "Traceback" not in server.stderr.read()  # type: ignore[union-attr]
    assert not (home / "postgres" / "cluster" / "postmaster.pid").exists()


def test_a_database_without_tables_is_refused_at_the_start() -> None:
    with data_folder() as empty:
        server = start(empty, "serve", "--port", str(free_port()))
        said, complained = server.communicate(timeout=120)
    assert (server.returncode, said) == (1, "")
    assert "Run `recalldesk database prepare`." in complained
    assert "Traceback" not in complained
