"""The nginx of docs/serving.md keeps what may be kept, and nothing that is one person's.

Behind it stands a made-up server that notes what reaches it and says of its answers what the test
wants. nginx surrounds the documented text as Debian's does, with `gzip on`.
"""

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from benchmarks.proxy import PlaceNotFoundError, documented, nginx, placed, running_before
from recalldesk.api.batch import MOST_BYTES
from recalldesk.cli.serve import SECONDS_FOR_HEADERS
from tests.certificates import trusting, write_certificate

PHOTOS = "/en/claims/k-e_y1234567/photos"
ONE_PHOTO = f"{PHOTOS}/1/label"
NAME, OTHER_NAME = "recall.tidewater.example", "recall.harbour.example"
DESK = "desk.tidewater.example"
BAR_CODE = "/01/012345678905/21/TW24MADEUP"
MAY_BE_KEPT = ("Cache-Control", "public, max-age=60")
SAID = {
    "/page": [MAY_BE_KEPT, ("Vary", "Accept-Encoding")],
    "/cookie": [MAY_BE_KEPT, ("Set-Cookie", "a=b")],
    "/no-store": [("Cache-Control", "no-store")],
    "/silent": [],
    BAR_CODE: [("Cache-Control", "no-store")],
    PHOTOS: [("Cache-Control", "no-store")],
    ONE_PHOTO: [("Cache-Control", "no-store")],
}
needs_nginx = pytest.mark.skipif(nginx() is None, reason="there is no nginx")


@dataclass(frozen=True)
class Seen:
    """A request as it reached the server behind."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Behind(ThreadingHTTPServer):
    """Numbers its answers, so that one that was kept is known."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.reached: list[str] = []
        """The paths asked for, noted before a body is waited for."""
        self.seen: list[Seen] = []


class _Noting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Behind

    def _answer(self) -> None:
        self.server.reached.append(self.path)
        if self.path.endswith("?breaks"):
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(Seen(self.command, self.path, headers, body))
        text = f"{headers['host']} answer {len(self.server.seen)} {'.' * 2_000}".encode()
        self.send_response(200)
        for name, value in [*SAID[self.path], ("Content-Type", "text/html")]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = _answer  # noqa: N815 - http.server looks for these names

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@dataclass(frozen=True)
class Came:
    """An answer that came through the proxy."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Front:
    """The proxy, and what reached the server behind it."""

    port: int
    plain_port: int
    folder: Path
    seen: list[Seen]
    reached: list[str]

    def connected(self, name: str = NAME) -> ssl.SSLSocket:
        """A connection by TLS, as of a browser that trusts the certificate."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return trusting(self.folder).wrap_socket(plain, server_hostname=name)

    def asks(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Came:
        """One request over a connection of its own."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1")
        connection.sock = self.connected(named.get("Host", NAME))
        connection.request(method, path, body, {"Host": NAME} | named)
        answer = connection.getresponse()
        lower = {name.lower(): value for name, value in answer.getheaders()}
        came = Came(answer.status, lower, answer.read())
        connection.close()
        return came


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    """nginx as documented, TLS included, before the made-up server."""
    write_certificate(tmp_path, NAME, OTHER_NAME, DESK)
    with Behind() as behind:
        serving = threading.Thread(target=behind.serve_forever, args=(0.05,))
        serving.start()
        try:
            with running_before(behind.server_address[1], tmp_path, tls=True) as proxy:
                yield Front(proxy.port, proxy.plain_port, tmp_path, behind.seen, behind.reached)
        finally:
            behind.shutdown()
            serving.join()


@needs_nginx
def test_a_page_is_made_once_for_each_name_and_never_for_another(front: Front) -> None:
    bodies = [
        [front.asks("GET", "/page", Host=name).body for _ in range(3)]
        for name in (NAME, OTHER_NAME)
    ]
    assert [len(set(each)) for each in bodies] == [1, 1]
    assert [each[0].split()[0].decode() for each in bodies] == [NAME, OTHER_NAME]
    assert len(front.seen) == 2


@needs_nginx
def test_each_brands_name_and_the_desks_is_served_by_tls_and_no_other_is(front: Front) -> None:
    for name in (NAME, OTHER_NAME, DESK):
        assert front.asks("GET", "/silent", Host=name).body.split()[0].decode() == name
    with pytest.raises(ssl.SSLCertVerificationError):
        front.connected("recall.elsewhere.example")


@needs_nginx
def test_no_serial_of_a_bar_codes_address_stands_in_any_log(front: Front) -> None:
    """Though every other request is written to one here, and the server behind fails."""
    assert front.asks("GET", BAR_CODE).status == 200
    front.asks("GET", "/silent")
    assert front.asks("GET", f"{BAR_CODE}?breaks").status == 502
    written = "".join(
        path.read_text("utf-8", errors="replace") for path in front.folder.glob("*.log")
    )
    assert "/silent" in written
    assert "MADEUP" not in written


@needs_nginx
def test_figures_are_asked_for_by_nobody_from_outside(front: Front) -> None:
    assert front.asks("GET", "/metrics", Authorization="Bearer made-up").status == 404
    assert front.reached == []


@needs_nginx
def test_a_page_is_kept_apart_by_what_it_varies_on(front: Front) -> None:
    for accepted in ("identity", "br", "br"):
        front.asks("GET", "/page", Accept_Encoding=accepted)
    assert [seen.headers["accept-encoding"] for seen in front.seen] == ["identity", "br"]


@needs_nginx
def test_no_answer_to_a_post_is_kept_even_where_it_says_that_it_may_be(front: Front) -> None:
    kept = front.asks("GET", "/page").body
    posts = {front.asks("POST", "/page", b"serial=TW24013337").body for _ in range(3)}
    assert len(posts) == 3
    assert kept not in posts
    assert [seen.body for seen in front.seen[1:]] == [b"serial=TW24013337"] * 3
    assert front.asks("GET", "/page").body == kept


@needs_nginx
@pytest.mark.parametrize("path", ["/cookie", "/no-store", "/silent"])
def test_what_sets_a_cookie_or_does_not_say_that_it_may_be_kept_is_not(
    front: Front, path: str
) -> None:
    assert len({front.asks("GET", path).body for _ in range(3)}) == 3


@needs_nginx
def test_the_server_behind_learns_name_scheme_and_address(front: Front) -> None:
    front.asks("POST", "/no-store", b"x", X_Forwarded_For="192.0.2.7", X_Forwarded_Proto="http")
    (seen,) = front.seen
    assert (seen.headers["host"], seen.headers["x-forwarded-proto"]) == (NAME, "https")
    said, last = seen.headers["x-forwarded-for"].split(", ")
    assert (said, ip_address(last).is_loopback) == ("192.0.2.7", True)


@needs_nginx
@pytest.mark.parametrize("path", ["/page", "/no-store"])
def test_nothing_is_compressed_on_the_way(front: Front, path: str) -> None:
    assert "content-encoding" not in front.asks("GET", path, Accept_Encoding="gzip").headers


@needs_nginx
def test_a_body_is_passed_on_once_it_is_whole(front: Front) -> None:
    with front.connected() as slow:
        head = f"POST /no-store HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9\r\n\r\n"
        slow.sendall(head.encode() + b"half")
        assert front.asks("GET", "/silent").status == 200
        assert front.reached == ["/silent"]
        slow.sendall(b" more")
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert front.seen[-1].body == b"half more"


@needs_nginx
def test_who_comes_without_tls_is_sent_on_to_it(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
    connection.request("GET", "/page?a=b", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/page?a=b")
    connection.close()
    assert front.seen == []


def passes_on_as_it_comes(front: Front, path: str) -> None:
    """Half of a body is there before the rest was sent, and a large one comes through."""
    with front.connected() as slow:
        head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9\r\n\r\n"
        slow.sendall(head.encode() + b"half")
        for _ in range(100):
            if front.reached:
                break
            time.sleep(0.05)
        assert front.reached == [path], "before it is whole"
        slow.sendall(b" more")
        assert slow.recv(12) == b"HTTP/1.1 200"
    large = b"x" * (10 * MOST_BYTES)
    assert front.asks("POST", path, large).status == 200
    assert front.seen[-1].body == large


@needs_nginx
@pytest.mark.parametrize("path", [PHOTOS, ONE_PHOTO])
def test_photos_are_passed_on_as_they_come_and_may_be_large(front: Front, path: str) -> None:
    passes_on_as_it_comes(front, path)


@needs_nginx
def test_a_body_larger_than_any_batch_is_refused(front: Front) -> None:
    assert front.asks("POST", "/no-store", b"x" * MOST_BYTES).status == 200
    assert front.asks("POST", "/no-store", b"x" * (MOST_BYTES + 1)).status == 413
    assert len(front.seen) == 1


def test_a_connection_to_the_server_ends_before_the_server_ends_it() -> None:
    (seconds,) = re.findall(r"^ *keepalive_timeout (\d+)s;", documented(), re.M)
    assert int(seconds) < SECONDS_FOR_HEADERS


def test_a_place_that_is_no_longer_there_is_an_error() -> None:
    with pytest.raises(PlaceNotFoundError, match="stands 0 times"):
        placed(documented(), {"listen 444;": "listen 445;"})
    with pytest.raises(PlaceNotFoundError, match="stands 2 times"):
        placed("a a", {"a": "b"})
