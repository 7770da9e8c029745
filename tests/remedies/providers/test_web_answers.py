"""What a provider's answer means: nothing is taken for not done that may have been done."""

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import time_machine

from recalldesk.demo.providers import tremendous
from recalldesk.demo.providers.faults import Fault
from recalldesk.foundation.retry_after import LONGEST, retry_after
from recalldesk.remedies.providers.interface import NoAnswer, NotNow, NotThere, Refused
from recalldesk.remedies.providers.web import Answered, Bearer, WebClient, text_of
from tests.ports import free_port
from tests.remedies.made_up import KEY, MadeUp, made_up

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeUp]:
    with made_up("tremendous", tmp_path_factory.mktemp("web"), base=tremendous.BASE) as running:
        yield running


def client(address: str, key: str = KEY, read: float = 20) -> WebClient:
    return WebClient(
        address, Bearer(key), error_code=lambda body: text_of(body, "error", "code"), read=read
    )


def test_a_whole_answer_is_an_answer(server: MadeUp) -> None:
    heard = client(server.address).ask("GET", "/orders")
    assert isinstance(heard, Answered)
    assert heard.body == {"orders": [], "total_count": 0}


MAY_BE_DONE = {
    Fault.CUT_BEFORE: "broken off",
    Fault.CUT_AFTER: "broken off",
    Fault.HALF_AFTER: "broken off",
    Fault.GARBAGE_AFTER: "unreadable answer",
    Fault.HUGE_AFTER: "answer too large",
    Fault.ELSEWHERE_BEFORE: "307",
    Fault.BROKEN_BEFORE: "500",
    Fault.BROKEN_AFTER: "500",
    Fault.CONFLICT_BEFORE: "409",
}


@pytest.mark.parametrize("fault", MAY_BE_DONE)
def test_what_may_have_been_done_is_no_answer(server: MadeUp, fault: Fault) -> None:
    server.have(fault)
    assert client(server.address).ask("GET", "/orders") == NoAnswer(MAY_BE_DONE[fault])
    assert isinstance(client(server.address).ask("GET", "/orders"), Answered)


def test_whoever_does_not_answer_is_waited_for_so_long_and_no_longer(server: MadeUp) -> None:
    server.have(Fault.HANG_AFTER)
    assert client(server.address, read=0.2).ask("GET", "/orders") == NoAnswer("timed out")


def test_whoever_answers_drop_by_drop_holds_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recalldesk.remedies.providers.web.WHOLE", 0.0)
    with _dripping() as address:
        assert client(address).ask("GET", "/") == NoAnswer("timed out")


def _chunked(*pieces: bytes, is_whole: bool = True) -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in pieces)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + body + (b"0\r\n\r\n" if is_whole else b"")


def _packed(content: bytes) -> bytes:
    packed = gzip.compress(content)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    return head.encode() + packed


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (_chunked(b'{"orders"', b": []}"), {"orders": []}),
        (_chunked(b'{"orders"', b": []}", is_whole=False), "broken off"),
        (_chunked(b'{"orders"', is_whole=False), "broken off"),
        (_packed(b'{"orders": []}'), {"orders": []}),
        (_packed(b" " * 64 * 1024 * 1024), "answer too large"),
        (_packed(b'{"orders": []}')[:-12], "broken off"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "unreadable answer"),
        (b"nonsense\r\n\r\n", "broken off"),
    ],
    ids=[
        "chunks",
        "no last chunk",
        "half",
        "packed",
        "a bomb",
        "packed and cut",
        "none",
        "no HTTP",
    ],
)
def test_an_answer_is_read_whole_however_it_is_sent(sent: bytes, heard: object) -> None:
    with _socket(lambda line: line.sendall(sent)) as address:
        answer = client(address).ask("GET", "/")
    if isinstance(heard, str):
        assert answer == NoAnswer(heard)
    else:
        assert isinstance(answer, Answered)
        assert answer.body == heard


def test_what_was_never_connected_was_not_done() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    assert client(address).ask("POST", "/orders", body={}) == NotNow("not reached")


def test_a_pause_that_is_asked_for_is_kept(server: MadeUp) -> None:
    server.have(Fault.TOO_MANY_BEFORE, Fault.TOO_MANY_UNTIL_BEFORE)
    assert client(server.address).ask("GET", "/orders") == NotNow("429", timedelta(seconds=2))
    heard = client(server.address).ask("GET", "/orders")
    assert isinstance(heard, NotNow)
    assert heard.after is not None
    assert timedelta(minutes=9) < heard.after <= timedelta(minutes=10)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("0", timedelta(0)),
        (" 90 ", timedelta(seconds=90)),
        ("9" * 400, LONGEST),
        (format_datetime(NOON + timedelta(minutes=3), usegmt=True), timedelta(minutes=3)),
        (format_datetime(NOON - timedelta(minutes=3), usegmt=True), timedelta(0)),
        (format_datetime(NOON + timedelta(days=30), usegmt=True), LONGEST),
        ("Thu, 26 Nov 2026 12:01:00", timedelta(minutes=1)),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_a_pause_is_read_in_seconds_or_as_a_date(header: str, pause: timedelta | None) -> None:
    with time_machine.travel(NOON, tick=False):
        assert retry_after(header) == pause


def test_a_refusal_says_no_more_than_a_short_code(server: MadeUp) -> None:
    server.have(Fault.REFUSED_BEFORE)
    assert client(server.address).ask("POST", "/orders", body={}) == Refused("422")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"error": {"code": "ADDRESS.VERIFY.FAILURE"}}, "422 ADDRESS.VERIFY.FAILURE"),
        ({"error": {"code": "olive@home.example"}}, "422"),
        ({"error": {"code": "Flat 4 is unknown"}}, "422"),
        ({"error": {"code": "A" * 51}}, "422"),
        ({"error": {"code": 17}}, "422"),
        ({"error": "broken"}, "422"),
        ({}, "422"),
    ],
    ids=range(7),
)
def test_a_code_is_taken_for_one_only_in_the_form_of_one(
    said: dict[str, object], problem: str
) -> None:
    with _answering(422, said) as address:
        assert client(address).ask("GET", "/") == Refused(problem)


@pytest.mark.parametrize("status", [401, 402, 403])
def test_what_is_wrong_with_all_orders_refuses_none_of_them(status: int) -> None:
    with _answering(status, {}) as address:
        assert client(address).ask("POST", "/orders", body={}) == NotNow(str(status))


def test_what_the_provider_says_is_not_there_is_not_there(server: MadeUp) -> None:
    assert client(server.address).ask("GET", "/orders/UNKNOWN") == NotThere()


def test_a_page_of_somebody_between_does_not_say_what_is_not_there(server: MadeUp) -> None:
    server.have(Fault.GARBAGE_AFTER)
    assert client(server.address).ask("GET", "/orders/UNKNOWN") == NoAnswer("404")


def test_nothing_that_is_said_holds_the_key(server: MadeUp, tmp_path: Path) -> None:
    wrong = "made-up-wrong-key"
    heard = client(server.address, key=wrong).ask("GET", "/orders")
    assert heard == NotNow("401")
    assert wrong not in repr(client(server.address, key=wrong)) + repr(heard)


@contextmanager
def _answering(status: int, said: object) -> Iterator[str]:
    content = json.dumps(said).encode()
    head = f"HTTP/1.1 {status} Made up\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    with _socket(lambda line: line.sendall(head + content)) as address:
        yield address


@contextmanager
def _dripping() -> Iterator[str]:
    def drip(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        for _ in range(10):
            line.sendall(b" ")

    with _socket(drip) as address:
        yield address


@contextmanager
def _socket(answer: object) -> Iterator[str]:
    """Answers one request with bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line, suppress(ConnectionError):  # whoever asked may have hung up
                line.recv(65_536)
                answer(line)  # type: ignore[operator]

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)
