"""A mail provider of the tests on 127.0.0.1, in the form of Postmark's interface."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

INVALID_ADDRESS, INACTIVE_ADDRESS = 300, 406
MESSAGES = {
    INVALID_ADDRESS: "Invalid 'To' address: '{}'.",
    INACTIVE_ADDRESS: "Found inactive addresses: {}. Inactive recipients are ones that have "
    "generated a hard bounce.",
}


@dataclass
class Provider:
    """What it answers: an HTTP status, and an error code of its own beside 422."""

    status: int = 200
    error_code: int = 0
    hangs_up: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)


class _Conversation(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        provider = cast("_Server", self.server).provider
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if provider.hangs_up:
            self.connection.close()
            return
        if provider.status == 200:
            provider.taken.append(mail)
        answer = {
            "ErrorCode": provider.error_code,
            "Message": MESSAGES.get(provider.error_code, "OK").format(mail["To"].lower()),
            "To": mail["To"],
            "MessageID": f"made-up-{len(provider.taken)}",
        }
        body = json.dumps(answer).encode()
        self.send_response(provider.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Provider


@contextmanager
def provider_server() -> Iterator[tuple[str, Provider]]:
    """Its URL, as RECALLDESK_EMAIL_URL takes it, and what it answers."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.provider = Provider()
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        try:
            yield f"anymail+postmark://?server_token=made-up&api_url={address}", server.provider
        finally:
            server.shutdown()
