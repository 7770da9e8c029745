"""clamd, spoken to by its command INSTREAM over a Unix or TCP socket.

Guarantee: only the exact answer `stream: OK` to a stream that went out whole is clean. A refused
connection or no answer in time is pending; a broken pipe (a stream that is too large for clamd), an
error or nonsense is an error.
"""

import socket
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass

from recalldesk.evidence.scanners.addresses import TcpAddress, UnixAddress
from recalldesk.evidence.scanners.interface import Scan
from recalldesk.evidence.states import ScanOutcome

MOST_ANSWER = 4096
CLEAN, FOUND, PONG = "stream: OK", " FOUND", "PONG"


@dataclass(frozen=True)
class Patience:
    """Seconds: to connect, for one piece of the stream, and for the scan as a whole."""

    connect: float = 5
    piece: float = 20
    scan: float = 120


SHORT = Patience(connect=1, piece=1, scan=1)
"""For a question that needs no scan."""


class _Late(Exception):
    """No answer in time."""


class _Broken(Exception):
    """The connection ended before all was said."""


class _Conversation:
    """One connection, on which nothing waits for longer than patience allows."""

    def __init__(self, connection: socket.socket, patience: Patience) -> None:
        self._connection = connection
        self._patience = patience
        self._until = time.monotonic() + patience.scan

    def _wait(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise _Late
        self._connection.settimeout(min(left, self._patience.piece))

    def say(self, piece: bytes) -> None:
        """Sends all of it."""
        self._wait()
        try:
            self._connection.sendall(piece)
        except TimeoutError as error:
            raise _Late from error
        except OSError as error:
            raise _Broken from error

    def answer(self) -> str:
        """What comes back, up to its end."""
        self._connection.settimeout(self._patience.piece)
        got = bytearray()
        while not got.endswith(b"\0") and len(got) < MOST_ANSWER:
            # A scan takes a while after the last piece: it has all that is left.
            left = self._until - time.monotonic()
            if left <= 0:
                raise _Late
            self._connection.settimeout(left)
            try:
                more = self._connection.recv(MOST_ANSWER)
            except TimeoutError as error:
                raise _Late from error
            except OSError as error:
                raise _Broken from error
            if not more:
                break
            got += more
        return got.rstrip(b"\0").decode("utf-8", "replace").strip()


class Clamd:
    """A clamd at an address."""

    name = "clamd"

    def __init__(self, address: UnixAddress | TcpAddress, patience: Patience | None = None) -> None:
        self._address = address
        self._patience = patience or Patience()

    def _connected(self, patience: Patience) -> socket.socket:
        if isinstance(self._address, TcpAddress):
            where = (self._address.host, self._address.port)
            return socket.create_connection(where, timeout=patience.connect)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(patience.connect)
        try:
            connection.connect(self._address.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def answers(self) -> bool:
        """Whether clamd answers a PING within a second of being reached."""
        try:
            with closing(self._connected(SHORT)) as connection:
                asking = _Conversation(connection, SHORT)
                asking.say(b"zPING\0")
                return asking.answer() == PONG
        except (OSError, _Late, _Broken):
            return False

    def scan(self, chunks: Iterable[bytes]) -> Scan:
        """Streams the chunks to clamd. Raises only what `chunks` raises."""
        try:
            connection = self._connected(self._patience)
        except OSError as error:
            return Scan(ScanOutcome.PENDING, type(error).__name__)
        with closing(connection):
            return self._scanned(_Conversation(connection, self._patience), chunks)

    def _scanned(self, conversation: _Conversation, chunks: Iterable[bytes]) -> Scan:
        try:
            conversation.say(b"zINSTREAM\0")
            for chunk in chunks:
                if chunk:  # an empty piece would end the stream
                    conversation.say(len(chunk).to_bytes(4, "big") + chunk)
            conversation.say(bytes(4))
            return _meaning(conversation.answer())
        except _Late:
            return Scan(ScanOutcome.PENDING, "no answer in time")
        except _Broken:
            said = ""
            with suppress(_Late, _Broken):
                said = conversation.answer()
            return Scan(ScanOutcome.ERROR, said or "the connection was cut")


def _meaning(answer: str) -> Scan:
    if answer == CLEAN:
        return Scan(ScanOutcome.CLEAN)
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        return Scan(ScanOutcome.INFECTED, answer.removeprefix("stream: ").removesuffix(FOUND))
    return Scan(ScanOutcome.ERROR, answer or "the connection was cut")
