"""A scanner that does not answer is told of in one line at the start, and stops nothing."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.cli import serve, work
from recalldesk.evidence.scanners.chosen import chosen_scanner
from tests.cast import Command
from tests.clamd import needs_clamd, running_clamd
from tests.ports import free_port

SAID = "No virus scanner answers at"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was to be started ends at once."""
    monkeypatch.setattr(serve, "prepare_to_serve", lambda _connections: None)
    monkeypatch.setattr(serve, "_run", lambda *_: None)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    monkeypatch.setattr("recalldesk.jobs.worker.work", lambda **_: None)


@contextmanager
def listening(answer: Callable[[socket.socket], object]) -> Iterator[str]:
    """Something at a port that does this with the first who asks."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_one() -> None:
            asker, _ = server.accept()
            with asker:
                answer(asker)
                asker.recv(1)

        threading.Thread(target=answer_one, daemon=True).start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"


def start(command: Command, program: str) -> tuple[int, str]:
    port = ("--port", str(free_port())) if program == "serve" else ()
    ran = command(program, *port)
    return ran.code, ran.err


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("program", ["serve", "work"])
def test_a_socket_that_is_not_there_is_told_of_and_stops_nothing(
    command: Command, settings: Settings, tmp_path: Path, program: str
) -> None:
    settings.CLAMD = f"unix:{tmp_path}/clamd.ctl"
    code, said = start(command, program)
    assert code == 0
    assert said.count("\n") == 1
    assert f"{SAID} {settings.CLAMD} (RECALLDESK_CLAMD)" in said


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("setting", ["none", ""])
def test_where_there_is_none_nothing_is_said(
    command: Command, settings: Settings, setting: str
) -> None:
    settings.CLAMD = setting
    assert start(command, "work") == (0, "")


def test_one_that_answers_is_there(settings: Settings) -> None:
    def pong(asker: socket.socket) -> None:
        assert asker.recv(16) == b"zPING\0"
        asker.sendall(b"PONG\0")

    with listening(pong) as settings.CLAMD:
        assert chosen_scanner().answers()


@pytest.mark.parametrize("said", [b"", b"UNKNOWN COMMAND\0"], ids=["nothing", "nonsense"])
def test_one_that_says_something_else_or_nothing_is_not(settings: Settings, said: bytes) -> None:
    with listening(lambda asker: asker.sendall(said)) as settings.CLAMD:
        assert not chosen_scanner().answers()


@needs_clamd
def test_clamd_itself_answers(settings: Settings) -> None:
    with running_clamd() as at:
        settings.CLAMD = f"unix:{at}"
        assert chosen_scanner().answers()
