"""Servers in processes of their own, what they are asked, and the processor time it takes them.

Guarantee: what is measured is the time of the server's worker, not of whoever asks it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
PATIENCE = 120
HEAD_END = b"\r\n\r\n"


class ServerEndedError(RuntimeError):
    """A server that was to be measured is not there."""


@dataclass(frozen=True)
class Server:
    """A server that answers, with one worker."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def worker(self) -> int:
        """The process that answers."""
        found = children_of(self.process.pid)
        if not found:
            raise ServerEndedError("the server has no worker")
        return max(found)

    def keep_to(self, processors: set[int]) -> None:
        """Keeps all threads of its worker to some processors."""
        for thread in Path(f"/proc/{self.worker}/task").iterdir():
            os.sched_setaffinity(int(thread.name), processors)

    def processor_seconds(self) -> float:
        """What its worker has used so far, its own time and the system's for it."""
        return processor_seconds_of(self.worker)


def processor_seconds_of(process: int) -> float:
    """What all threads of a process have used so far."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(_nanoseconds_of(thread) for thread in threads) / 1e9


def _nanoseconds_of(thread: Path) -> int:
    """What a thread has used; for a process the kernel counts in hundredths of seconds only."""
    return int((thread / "schedstat").read_text(encoding="utf-8").split()[0])


def _processes() -> Iterator[int]:
    return (int(name) for name in os.listdir("/proc") if name.isdecimal())


def _stat_of(pid: int) -> list[str]:
    """The fields behind the name, which may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _parent_of(pid: int) -> int:
    try:
        return int(_stat_of(pid)[1])
    except (OSError, IndexError):
        return 0


def children_of(process: int) -> list[int]:
    """The processes that it has started and that are there."""
    return [pid for pid in _processes() if _parent_of(pid) == process]


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(arguments: Sequence[str], port: int, environ: Mapping[str, str]) -> Iterator[Server]:
    """`python -m …` until the end of the block. Raises ServerEndedError if it does not answer."""
    with program_running([sys.executable, "-m", *arguments], port, environ) as server:
        yield server


@contextmanager
def program_running(
    command: Sequence[str], port: int, environ: Mapping[str, str]
) -> Iterator[Server]:
    """As `running`, of any program that stays in the foreground."""
    process = subprocess.Popen(command, env={**os.environ, **environ}, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServerEndedError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise ServerEndedError("the server did not answer")


class Asker:
    """Some connections to a server, each kept open."""

    def __init__(self, port: int, connections: int = CONNECTIONS) -> None:
        self._sockets = [
            socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(connections)
        ]
        self._rest = [b""] * connections

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        for each in self._sockets:
            each.close()

    def ask(self, requests: Sequence[bytes]) -> list[bytes]:
        """The answers to some requests, as many at once as there are connections."""
        answers: list[bytes] = []
        for start in range(0, len(requests), len(self._sockets)):
            batch = requests[start : start + len(self._sockets)]
            for each, request in zip(self._sockets, batch, strict=False):
                each.sendall(request)
            answers += [self._answer(number) for number in range(len(batch))]
        return answers

    def _answer(self, number: int) -> bytes:
        """One whole answer: its head, and as much as the head says."""
        received = self._rest[number]
        while HEAD_END not in received:
            received += self._more(number)
        head, _, body = received.partition(HEAD_END)
        length = _length_in(head)
        while len(body) < length:
            body += self._more(number)
        self._rest[number] = body[length:]
        return head + HEAD_END + body[:length]

    def _more(self, number: int) -> bytes:
        block = self._sockets[number].recv(65_536)
        if not block:
            raise ServerEndedError("the server closed a connection")
        return block


def _length_in(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def check_request(serial: str) -> bytes:
    """A check, as a program sends it."""
    body = f'{{"serial": "{serial}"}}'.encode()
    head = (
        "POST /api/v1/checks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def page_request(path: str) -> bytes:
    """A page, as a browser asks for it that was never there before."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
