"""Serves a made-up provider on 127.0.0.1, with its faults.

Below `/made-up/` whoever runs it tells it what to do: those requests have no fault.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

from recalldesk.demo.providers.faults import Fault, Faults

CONTROL = "/made-up/"
HANGS_FOR = 60.0
PAUSE_SECONDS = 2
HUGE = 6 * 1024 * 1024
GOES_ON_EVERY = 0.5


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    authorization: str


@dataclass
class Reply:
    """An answer of JSON."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)


class MadeUpProvider(Protocol):
    """What is served. Each call has the provider for itself."""

    def reply(self, asked: Asked) -> Reply:
        """Answers a request as the real one would."""

    def told(self, order: str, asked: Asked) -> Reply:
        """Does what whoever runs it says."""

    def go_on(self) -> None:
        """Has happen what is due by now, as if all had been read."""

    def refusal(self) -> dict[str, Any]:
        """The body of a refusal that it cannot explain."""


class Server(ThreadingHTTPServer):
    """One provider's server. Requests are done one after the other."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, provider: MadeUpProvider, faults: Faults) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.provider, self.faults, self.turn = provider, faults, threading.Lock()

    def go_on(self) -> None:
        """Has the provider go on without being read, for as long as it serves."""
        while True:
            time.sleep(GOES_ON_EVERY)
            with self.turn:
                self.provider.go_on()

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: whoever asked was killed, or did not want all of an answer."""

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024  # head and body in one piece, or each answer waits for its receipt
    disable_nagle_algorithm = True
    server_version, sys_version = "MadeUp", ""

    def do_GET(self) -> None:
        self._converse()

    def do_POST(self) -> None:
        self._converse()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: what comes in may name a person."""

    def _converse(self) -> None:
        server, asked = cast(Server, self.server), self._asked()
        if asked.path.startswith(CONTROL):
            self._answer(self._controlled(server, asked))
            return
        with server.turn:
            fault = server.faults.next()
            reply = None if fault.is_before else server.provider.reply(asked)
        self._answer_with(fault, reply or Reply(200), server.provider)

    def _asked(self) -> Asked:
        parts = urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(content) if content else {}
        query = dict(parse_qsl(parts.query))
        told = self.headers.get("Authorization") or ""
        return Asked(self.command, parts.path, query, body, told)

    def _controlled(self, server: Server, asked: Asked) -> Reply:
        order = asked.path.removeprefix(CONTROL)
        with server.turn:
            if order == "faults":
                server.faults.have(asked.body["faults"])
                return Reply(200)
            return server.provider.told(order, asked)

    def _answer_with(self, fault: Fault, reply: Reply, provider: MadeUpProvider) -> None:
        match fault:
            case Fault.HANG_BEFORE | Fault.HANG_AFTER:
                time.sleep(HANGS_FOR)
                self._cut()
            case Fault.CUT_BEFORE | Fault.CUT_AFTER:
                self._cut()
            case Fault.CONFLICT_BEFORE:
                self._answer(Reply(409, provider.refusal()))
            case Fault.REFUSED_BEFORE:
                self._answer(Reply(422, provider.refusal()))
            case Fault.TOO_MANY_BEFORE:
                self._answer(Reply(429), {"Retry-After": str(PAUSE_SECONDS)})
            case Fault.TOO_MANY_UNTIL_BEFORE:
                until = datetime.now(UTC) + timedelta(minutes=10)
                self._answer(Reply(429), {"Retry-After": format_datetime(until, usegmt=True)})
            case Fault.BROKEN_BEFORE | Fault.BROKEN_AFTER:
                self._answer(Reply(500))
            case Fault.ELSEWHERE_BEFORE:
                self._answer(Reply(307), {"Location": "http://192.0.2.1/elsewhere"})
            case _:
                self._answer_spoilt(fault, reply)

    def _answer_spoilt(self, fault: Fault, reply: Reply) -> None:
        content = json.dumps(reply.body).encode()
        match fault:
            case Fault.HALF_AFTER:
                self._send(reply.status, content[: len(content) // 2], length=len(content))
                self._cut()
            case Fault.GARBAGE_AFTER:
                self._send(reply.status, b'<html>{"order": ')
            case Fault.HUGE_AFTER:
                self._send(reply.status, b'{"x": "' + b"x" * HUGE + b'"}')
            case _:
                self._answer(reply)

    def _answer(self, reply: Reply, headers: dict[str, str] | None = None) -> None:
        self._send(reply.status, json.dumps(reply.body).encode(), headers)

    def _send(
        self,
        status: int,
        content: bytes,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def _cut(self) -> None:
        self.close_connection = True
