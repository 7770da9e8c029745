"""`recalldesk serve` and `work` start only with the keys that open what is sealed."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from pytest_django import Settings

from recalldesk.cli import serve, work
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.vault import seal_text
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open, wrap_anew
from tests.cast import Command
from tests.ports import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where wrong keys are let through, the test fails; nothing runs and nothing is closed."""
    monkeypatch.setattr("granian.server.Server", None)
    monkeypatch.setattr("recalldesk.jobs.worker.work", None)
    monkeypatch.setattr(serve, "call_command", lambda *_, **__: None)
    for program in (serve, work):
        monkeypatch.setattr(program.connections, "close_all", lambda: None)


@pytest.fixture(autouse=True)
def something_is_sealed() -> None:
    seal_text("made up", scope="desk", purpose="a test")


@pytest.mark.parametrize("words", [("serve",), ("work",)], ids=str)
def test_a_key_that_is_not_at_hand_stops_the_start(
    command: Command, settings: Settings, words: tuple[str, ...]
) -> None:
    name = settings.SEALING_KEYS.partition(":")[0]
    settings.SEALING_KEYS = f"newer:{new_key()}"
    port = ("--port", str(free_port())) if words == ("serve",) else ()
    ran = command(*words, *port)
    assert (ran.code, ran.out) == (1, "")
    assert f"The sealing key '{name}' is not at hand." in ran.err
    assert "RECALLDESK_SEALING_KEYS" in ran.err


def test_another_key_of_the_same_name_is_refused(command: Command, settings: Settings) -> None:
    name = settings.SEALING_KEYS.partition(":")[0]
    settings.SEALING_KEYS = f"{name}:{new_key()}"
    ran = command("work")
    assert (ran.code, ran.out) == (1, "")
    assert f"The sealing key '{name}' is not the one that wrapped the data keys." in ran.err


def test_each_outer_key_in_use_is_asked_for(settings: Settings) -> None:
    older = settings.SEALING_KEYS
    newer = f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{newer},{older}"
    seal_text("made up", scope="recall:7", purpose="a test")
    refuse_keys_that_do_not_open()
    settings.SEALING_KEYS = older
    with pytest.raises(Exception, match="'newer' is not at hand"):
        refuse_keys_that_do_not_open()
    settings.SEALING_KEYS = f"{newer},{older}"
    wrap_anew()
    settings.SEALING_KEYS = newer
    refuse_keys_that_do_not_open()


def test_a_database_that_is_away_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    settled: list[Callable[[], None]] = []
    monkeypatch.setattr(serve, "refuse_keys_that_do_not_open", away)
    monkeypatch.setattr(serve, "live_index", lambda: settled.append(away))
    monkeypatch.setattr(serve, "join_lists", lambda: None)
    serve._settle_index()
    assert settled
