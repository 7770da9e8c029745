"""A feed is fetched by https from the address given, within bounds; nothing else is sent."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from recalldesk.elsewhere import fetching
from recalldesk.elsewhere.errors import FeedNotFetched
from recalldesk.elsewhere.fetching import fetch_feed, is_address, shown
from tests.certificates import CHAIN, KEY, write_certificate

FEED = b"[1]"


@dataclass
class Served:
    """A server at home. `answers`: status, headers and body by path; `seen`: what it was sent."""

    address: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)
    piece: int = 1 << 20
    pause: float = 0


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    write_certificate(tmp_path, "localhost")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / CHAIN))
    at = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at.seen.append(dict(self.headers))
            status, headers, body = at.answers[self.path.partition("?")[0]]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self._send(body)

        def _send(self, body: bytes) -> None:
            for place in range(0, len(body), at.piece):
                self.wfile.write(body[place : place + at.piece])
                time.sleep(at.pause)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / CHAIN, tmp_path / KEY)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    at.address = f"https://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield at
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_comes_also_where_the_address_leads_on(served: Served, tmp_path: Path) -> None:
    served.answers = {"/a": (302, {"Location": "/b"}, b""), "/b": (200, {}, FEED)}
    fetch_feed(f"{served.address}/a?format=json", tmp_path / "feed.json")
    assert (tmp_path / "feed.json").read_bytes() == FEED
    for sent in served.seen:
        assert set(sent) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_what_is_no_answer_is_told(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    served.answers = {
        "/missing": (404, {}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/plain": (302, {"Location": "http://localhost/feed"}, b""),
        "/large": (200, {}, b"x" * 200),
        "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    }
    for path, words in (
        ("/missing", "status 404"),
        ("/loop", "leads on and on"),
        ("/plain", "by https alone"),
        ("/file", "by https alone"),
        ("/large", "The feed has over"),
    ):
        with pytest.raises(FeedNotFetched, match=words):
            fetch_feed(served.address + path, tmp_path / "feed.json")


def test_one_that_takes_too_long_is_given_up(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE", -1.0)
    served.answers = {"/feed": (200, {}, FEED)}
    with pytest.raises(FeedNotFetched, match="took over"):
        fetch_feed(f"{served.address}/feed", tmp_path / "feed.json")


def test_one_that_trickles_is_given_up_before_it_ends(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE", 0.2)
    served.answers, served.piece, served.pause = {"/feed": (200, {}, b" " * 20)}, 1, 0.1
    began = time.monotonic()
    with pytest.raises(FeedNotFetched, match="took over"):
        fetch_feed(f"{served.address}/feed", tmp_path / "feed.json")
    assert time.monotonic() - began < 1.5  # all of it takes two seconds


def test_a_certificate_that_nobody_trusts_is_refused(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    served.answers = {"/feed": (200, {}, FEED)}
    with pytest.raises(FeedNotFetched, match=r"did not answer \(SSLError\)"):
        fetch_feed(f"{served.address}/feed", tmp_path / "feed.json")


@pytest.mark.parametrize(
    "address", ["http://localhost/", "ftp://localhost/", "https://", "https://[1", "https://a:0/"]
)
def test_no_other_address_is_asked(address: str, tmp_path: Path) -> None:
    with pytest.raises(FeedNotFetched, match="by https alone"):
        fetch_feed(address, tmp_path / "feed.json")


def test_an_address_is_shown_without_what_signs_in_to_it() -> None:
    assert (
        shown("https://me:secret@example.org:8443/feed?key=secret#x") == "https://example.org/feed"
    )
    assert is_address("https://example.org/")
    assert not is_address("feed.json")
