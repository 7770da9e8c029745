"""A gateway for text messages of the tests on 127.0.0.1, in the form of Twilio's interface."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl

ACCOUNT, TOKEN, NUMBER = "ACmadeup", "made-up-token", "+12025550100"


@dataclass
class Gateway:
    """What it answers: an HTTP status, and an error code of its own. `taken`: what it sends on;
    `hangs_up`: `before` it has taken a message, or after."""

    status: int = 201
    error_code: int = 0
    retry_after: str = ""
    hangs_up: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)
    asked: int = 0


class _Conversation(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        gateway = cast("_Server", self.server).gateway
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        gateway.asked += 1
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {known}":
            self._answer(401, {"code": 20003, "message": "Authenticate"})
            return
        if gateway.hangs_up == "before":
            self.connection.close()
            return
        if gateway.status < 300:
            gateway.taken.append(form)
        if gateway.hangs_up:
            self.connection.close()
            return
        if gateway.status < 300:
            self._answer(gateway.status, {"sid": f"SMmadeup{len(gateway.taken)}"})
        else:
            said = f"The number {form['To']} is none."
            self._answer(gateway.status, {"code": gateway.error_code, "message": said})

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        wait = cast("_Server", self.server).gateway.retry_after
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    gateway: Gateway


@contextmanager
def text_server() -> Iterator[tuple[str, Gateway]]:
    """Its URL, as RECALLDESK_SMS takes it, and what it answers."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.gateway = Gateway()
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        at = f"127.0.0.1:{server.server_address[1]}"
        try:
            yield f"twilio+http://{ACCOUNT}:{TOKEN}@{at}?from={NUMBER}", server.gateway
        finally:
            server.shutdown()
