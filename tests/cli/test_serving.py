"""A server starts only on a port of its own, and only with settings that may go on."""

import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.management.base import SystemCheckError
from django.db import OperationalError
from pytest_django import Settings

from recalldesk.cli import serve
from recalldesk.cli.serve import PortNotFree, hold_port, prepare_to_serve, refuse_taken_port
from tests.cast import Command
from tests.ports import free_port

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a taken port is let through, the test fails; no server runs."""
    monkeypatch.setattr("granian.server.Server", None)


@pytest.fixture
def served() -> Iterator[int]:
    """A port on which another server listens, ready to share it, as Granian does."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("words", [("serve",), ("demo", "--examples", str(EXAMPLES))], ids=str)
def test_a_taken_port_is_refused_before_anything_is_done(
    command: Command, served: int, words: tuple[str, ...]
) -> None:
    ran = command(*words, "--port", str(served))
    assert (ran.code, ran.out) == (1, "")
    assert f"Port {served} is taken." in ran.err
    assert "--port" in ran.err


def test_a_port_that_is_bound_and_does_not_listen_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        with pytest.raises(PortNotFree, match="is taken"):
            refuse_taken_port(other.getsockname()[1])


def test_a_port_is_free_as_soon_as_its_server_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as owner:
            answer, _ = server.accept()
            # The side that closes first waits for minutes, as an ended server's connections do.
            answer.close()
            assert owner.recv(1) == b""
    refuse_taken_port(port)


def test_of_two_that_start_at_once_one_gets_the_port(served: int) -> None:
    with hold_port(served), pytest.raises(PortNotFree, match="is taken"):
        hold_port(served)
    hold_port(served).close()


def test_production_names_its_own_faults_and_no_advice_of_django(settings: Settings) -> None:
    settings.IS_PRODUCTION, settings.SECRET_KEY, settings.DEBUG = True, "x", True
    with pytest.raises(SystemCheckError) as refused:
        prepare_to_serve()
    assert "rd.E" in str(refused.value)
    assert "security.W" not in str(refused.value)


def test_it_says_what_one_client_gets_from_all_web_processes(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[int] = []
    monkeypatch.setattr(serve, "prepare_to_serve", lambda _connections: None)
    monkeypatch.setattr(serve, "_run", lambda _port, workers, _jobs: served.append(workers))
    ran = command("serve", "--port", str(free_port()), "--workers", "3")
    assert (ran.code, served) == (0, [3])
    said = " ".join(ran.out.split())
    assert "from 3 web processes together" in said
    assert "9 a minute for nothing" in said


def test_no_build_goes_on_and_nothing_is_open_when_web_processes_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    steps = (
        "refuse_too_many_connections",
        "refuse_unprepared",
        "refuse_keys_that_do_not_open",
        "live_index",
        "wait_for_builds",
        "join_lists",
        "forget",
    )
    for name in steps:
        monkeypatch.setattr(serve, name, lambda *_, name=name: done.append(name))
    monkeypatch.setattr(serve.connections, "close_all", partial(done.append, "close_all"))
    serve._settle_index()
    assert done == [*steps, "close_all"]


def test_a_database_that_is_away_is_left_to_the_web_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(serve, "refuse_too_many_connections", lambda _: away())
    monkeypatch.setattr(serve, "live_index", lambda: None)
    monkeypatch.setattr(serve, "join_lists", lambda: None)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    serve._settle_index()
