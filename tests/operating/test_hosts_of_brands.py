"""The doctor says which host name is not reached, why, and which is whose."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from recalldesk.foundation import clock
from recalldesk.operating.doctor import hosts
from recalldesk.operating.doctor.findings import Level
from recalldesk.operating.doctor.reaching import Reached, Way, reach
from tests.cast import Desk, recall_text
from tests.certificates import trusting, write_certificate
from tests.ports import free_port
from tests.two_brands import HARBOUR, HARBOURS_SERIALS, TIDEWATER, harbours_text

Serve = Callable[..., int]


class _Answers(BaseHTTPRequestHandler):
    said = (200, b"alive\n")

    def do_GET(self) -> None:
        status, body = type(self).said
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serve]:
    """Serves by TLS, with a certificate for these names; returns the port."""
    running: list[tuple[HTTPServer, threading.Thread]] = []

    def serve(*names: str, days: float = 60, said: tuple[int, bytes] = (200, b"alive\n")) -> int:
        write_certificate(tmp_path, *names, days=days)
        handler = type("Handler", (_Answers,), {"said": said})
        server = HTTPServer(("127.0.0.1", 0), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        running.append((server, thread))
        return int(server.server_address[1])

    yield serve
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(port: int, folder: Path) -> Reached:
    return reach("localhost", port=port, trusting=trusting(folder))


def test_a_server_of_ours_is_reached_and_its_certificates_end_is_known(
    served: Serve, tmp_path: Path
) -> None:
    found = asked(served("localhost", days=10), tmp_path)
    assert found.way is Way.REACHED
    assert found.ends_at is not None
    assert timedelta(days=9) < found.ends_at - clock.now() < timedelta(days=11)


def test_what_else_answers_there_is_told_apart(served: Serve, tmp_path: Path) -> None:
    found = asked(served("localhost", said=(200, b"Welcome to nginx!")), tmp_path)
    assert found.way is Way.NOT_OURS
    found = asked(served("localhost", said=(502, b"")), tmp_path)
    assert (found.way, found.why) == (Way.NOT_OURS, "/healthz answered 502")


def test_a_certificate_of_another_name_is_refused(served: Serve, tmp_path: Path) -> None:
    found = asked(served("recall.tidewater.example"), tmp_path)
    assert found.way is Way.BAD_CERTIFICATE
    assert "localhost" in found.why


def test_one_that_nobody_trusts_is_refused(served: Serve) -> None:
    found = reach("localhost", port=served("localhost"))
    assert found.way is Way.BAD_CERTIFICATE
    assert "self" in found.why


def test_where_nobody_listens_it_is_said(tmp_path: Path) -> None:
    found = reach("localhost", port=free_port())
    assert found.way is Way.NO_ANSWER
    assert found.why


@pytest.fixture
def both(kettles: Desk, settings: Settings) -> Desk:
    kettles.published()
    kettles.published(harbours_text(), HARBOURS_SERIALS)
    settings.IS_PRODUCTION = True
    return kettles


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reached", "finding", "level"),
    [
        (Reached(Way.NO_NAME, "Name or service not known"), "rd.D070", Level.WRONG),
        (Reached(Way.BAD_CERTIFICATE, "certificate has expired"), "rd.D071", Level.WRONG),
        (Reached(Way.NO_ANSWER, "timed out"), "rd.D072", Level.WATCH),
        (Reached(Way.NOT_OURS, "/healthz answered 502"), "rd.D072", Level.WATCH),
    ],
)
def test_each_brands_host_is_asked_and_what_is_wrong_is_named(
    both: Desk, monkeypatch: pytest.MonkeyPatch, reached: Reached, finding: str, level: Level
) -> None:
    well = Reached(Way.REACHED, ends_at=clock.now() + timedelta(days=60))
    monkeypatch.setattr(hosts, "reach", lambda host, port: reached if host == HARBOUR else well)
    (found,) = hosts.hosts_out_of_reach()
    assert (found.id, found.level) == (finding, level)
    assert HARBOUR in found.words
    assert reached.why in found.words


@pytest.mark.django_db
def test_a_certificate_that_ends_soon_is_named_with_its_day(
    both: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_at = clock.now() + timedelta(days=13)
    monkeypatch.setattr(hosts, "reach", lambda *_, port: Reached(Way.REACHED, ends_at=ends_at))
    found = list(hosts.hosts_out_of_reach())
    assert [each.id for each in found] == ["rd.D071", "rd.D071"]
    assert f"{ends_at:%Y-%m-%d}" in found[0].words


@pytest.mark.django_db
def test_the_desks_host_is_asked_too_and_none_outside_production(
    both: Desk, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    asked: list[tuple[str, int]] = []

    def note(host: str, port: int) -> Reached:
        asked.append((host, port))
        return Reached(Way.REACHED)

    monkeypatch.setattr(hosts, "reach", note)
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"desk_address": "https://desk.tidewater.example:8443"}
    )
    assert list(hosts.hosts_out_of_reach()) == []
    assert sorted(asked) == [("desk.tidewater.example", 8443), (HARBOUR, 443), (TIDEWATER, 443)]
    settings.IS_PRODUCTION = False
    asked.clear()
    assert list(hosts.hosts_out_of_reach()) == []
    assert asked == []


@pytest.mark.django_db
def test_a_host_of_two_firms_is_named_and_so_is_a_brand_without_one(kettles: Desk) -> None:
    kettles.published()
    kettles.published(harbours_text().replace(HARBOUR, TIDEWATER), HARBOURS_SERIALS)
    (found,) = hosts.hosts_shared()
    assert (found.id, found.level) == ("rd.D073", Level.WATCH)
    assert found.words.endswith("of brands of Harbour Home and Tidewater Kitchen.")
    text = harbours_text(recall_text("kettle-h9")).replace(f'"{HARBOUR}"', "")
    kettles.published(text, [f"TW2466{number:04}" for number in (1, 112, 223, 334, 445)])
    assert [each.id for each in hosts.hosts_shared()] == ["rd.D073", "rd.D074"]
