"""Whoever sends a body too slowly is given up, by the lane and by Django, and holds no place."""

from io import BytesIO

import pytest

from recalldesk.config.middleware import BODIES_AT_ONCE, body_slots
from recalldesk.foundation import paced_body
from recalldesk.foundation.paced_body import SECONDS_OF_GRACE
from tests.contracts.wsgi import JSON, Server, served

pytestmark = pytest.mark.usefixtures("db", "index_folder")
FORM = "application/x-www-form-urlencoded"


class Trickle:
    """A body of which each byte takes a second, by a clock of its own."""

    def __init__(self, length: int) -> None:
        self.now, self._body = 0.0, BytesIO(b" " * length)

    def read(self, size: int) -> bytes:
        piece = self._body.read(size)
        self.now += len(piece)
        return piece


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/checks", JSON), ("/en/check", FORM)])
def test_it_is_answered_and_its_place_is_free_again(
    path: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    length = int(SECONDS_OF_GRACE) + 10
    for _ in range(BODIES_AT_ONCE + 1):
        body = Trickle(length)
        monkeypatch.setattr(paced_body, "monotonic", lambda body=body: body.now)
        environ = {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
        server = Server(served().application)
        assert server.request("POST", path, body=b" ", kind=kind, environ=environ).status == 400
    assert body_slots.take()
    body_slots.give_back()
