"""One suite for all scanners: `clean` is said only of bytes that a scanner got whole and answered.

A real clamd is among them where Debian's clamav-daemon is installed, with a signature made here.
"""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from recalldesk.evidence.scanners.addresses import (
    ScannerAddressUnreadable,
    TcpAddress,
    UnixAddress,
    scanner_address,
)
from recalldesk.evidence.scanners.clamd import Clamd, Patience
from recalldesk.evidence.scanners.interface import Scan, Scanner
from recalldesk.evidence.scanners.nothing import NoScanner
from recalldesk.evidence.states import ScanOutcome
from tests.clamd import MARKER, MOST_BYTES, needs_clamd, running_clamd
from tests.ports import free_port

SHORT = Patience(connect=2, piece=0.5, scan=1)
Answering = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    """A clamd of these tests."""
    with running_clamd() as socket_at:
        yield Clamd(UnixAddress(str(socket_at)))


@contextmanager
def server(answering: Answering) -> Iterator[Clamd]:
    """Something on a port that is no sound clamd."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    answering(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Clamd(TcpAddress(*listening.getsockname()), SHORT)
        thread.join(10)


def read_all(connection: socket.socket) -> None:
    """A stream up to its empty last piece."""
    got = b""
    while not got.endswith(bytes(4)):
        got += connection.recv(65_536)


def says(answer: bytes) -> Answering:
    def answering(connection: socket.socket) -> None:
        read_all(connection)
        connection.sendall(answer)

    return answering


def hangs(connection: socket.socket) -> None:
    with suppress(OSError):
        read_all(connection)
        connection.recv(1)  # until the other side gives up


def hangs_up(connection: socket.socket) -> None:
    connection.recv(1)


def says_ok_too_soon(connection: socket.socket) -> None:
    connection.recv(100)
    connection.sendall(b"stream: OK\0")


def drips(connection: socket.socket) -> None:
    """A byte now and then, so that no single wait is too long."""
    read_all(connection)
    with suppress(OSError):
        for _ in range(100):
            connection.sendall(b"s")
            threading.Event().wait(0.1)


def scan(scanner: Scanner, content: bytes = b"a photo", size: int = 65_536) -> Scan:
    return scanner.scan(content[at : at + size] for at in range(0, len(content), size))


@pytest.fixture(params=["none", pytest.param("clamd", marks=needs_clamd)])
def scanner(request: pytest.FixtureRequest) -> Scanner:
    """Each scanner that works."""
    if request.param == "none":
        return NoScanner()
    clamd: Clamd = request.getfixturevalue("clamd")
    return clamd


def test_what_is_harmless_is_clean(scanner: Scanner) -> None:
    assert scan(scanner, os.urandom(300_000)) == Scan(ScanOutcome.CLEAN)


def test_pieces_may_be_empty(scanner: Scanner) -> None:
    assert scanner.scan([b"", b"a photo", b"", b"of a label"]).outcome is ScanOutcome.CLEAN


def test_what_the_source_raises_is_raised(scanner: Scanner) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"a photo"
        raise OSError("the store is away")

    with pytest.raises(OSError, match="the store is away"):
        scanner.scan(breaks_off())


def test_its_name_says_which_it_is(scanner: Scanner) -> None:
    assert scanner.name == ("none" if isinstance(scanner, NoScanner) else "clamd")


@needs_clamd
@pytest.mark.parametrize("size", [65_536, 10])
@pytest.mark.parametrize("before", [b"", bytes(300_000)])
def test_what_is_harmful_is_infected(clamd: Clamd, before: bytes, size: int) -> None:
    found = scan(clamd, before + MARKER + b" and more", size if not before else 65_536 - 7)
    assert found.outcome is ScanOutcome.INFECTED
    assert "Recalldesk.Test" in found.why


@needs_clamd
def test_a_stream_too_large_for_clamd_is_an_error_and_never_clean(clamd: Clamd) -> None:
    found = scan(clamd, bytes(3 * MOST_BYTES))
    assert found.outcome is ScanOutcome.ERROR
    assert scan(clamd, b"the next one").outcome is ScanOutcome.CLEAN


def test_a_dead_one_is_pending(tmp_path: Path) -> None:
    socketless = tmp_path / "no-socket"
    assert scan(Clamd(UnixAddress(str(socketless)))).outcome is ScanOutcome.PENDING
    assert scan(Clamd(TcpAddress("127.0.0.1", free_port()))).outcome is ScanOutcome.PENDING
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "left"))  # as a killed clamd leaves it
    assert scan(Clamd(UnixAddress(str(tmp_path / "left")))).outcome is ScanOutcome.PENDING


@pytest.mark.parametrize("answering", [hangs, drips])
def test_one_that_takes_too_long_is_pending(answering: Answering) -> None:
    with server(answering) as slow:
        assert scan(slow).outcome is ScanOutcome.PENDING


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"PONG\0",
        b"stream: OK, perhaps\0",
        b"OK\0",
        b"UNKNOWN COMMAND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
        b"\xff\xfe\xfd" * 2_000,
        b"FOUND\0",
    ],
)
def test_nonsense_and_errors_are_errors(answer: bytes) -> None:
    with server(says(answer)) as strange:
        assert scan(strange).outcome is ScanOutcome.ERROR


def test_one_that_hangs_up_is_an_error() -> None:
    with server(hangs_up) as cut:
        assert scan(cut, bytes(5_000_000)).outcome is ScanOutcome.ERROR


def test_ok_before_all_was_sent_is_an_error() -> None:
    with server(says_ok_too_soon) as hasty:
        assert scan(hasty, bytes(20_000_000)).outcome is ScanOutcome.ERROR


def test_ok_and_found_of_a_whole_stream_are_believed() -> None:
    with server(says(b"stream: OK\0")) as sound:
        assert scan(sound) == Scan(ScanOutcome.CLEAN)
    with server(says(b"stream: Some.Thing FOUND\0")) as sound:
        assert scan(sound) == Scan(ScanOutcome.INFECTED, "Some.Thing")


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("none", None),
        (" none ", None),
        ("unix:/run/clamav/clamd.ctl", UnixAddress("/run/clamav/clamd.ctl")),
        ("tcp:127.0.0.1:3310", TcpAddress("127.0.0.1", 3310)),
        ("tcp:[::1]:3310", TcpAddress("::1", 3310)),
        ("tcp:scanner.internal:3310", TcpAddress("scanner.internal", 3310)),
    ],
)
def test_each_form_of_the_setting_is_read(
    setting: str, address: UnixAddress | TcpAddress | None
) -> None:
    assert scanner_address(setting) == address


@pytest.mark.parametrize(
    "setting", ["", "None", "none:", "unix:", "unix:relative", "tcp:host", "tcp::3310", "tcp:h:0"]
)
def test_any_other_form_is_refused(setting: str) -> None:
    with pytest.raises(ScannerAddressUnreadable):
        scanner_address(setting)
