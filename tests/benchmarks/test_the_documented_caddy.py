"""The Caddy of docs/serving.md gives what a proxy owes, where Caddy is installed.

Behind it stands the made-up server of the nginx's test. Only its places are changed, and the
certificate is the test's own.
"""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from benchmarks.proxy import DOCUMENT
from benchmarks.serving import free_port, program_running
from recalldesk.api.batch import MOST_BYTES
from recalldesk.portal.uploading.upload_limits import MOST_BYTES_TOGETHER
from tests.benchmarks.test_the_documented_proxy import (
    BAR_CODE,
    DESK,
    NAME,
    ONE_PHOTO,
    OTHER_NAME,
    PHOTOS,
    Behind,
    Front,
    passes_on_as_it_comes,
)
from tests.certificates import write_certificate

CADDY = shutil.which("caddy")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="there is no Caddy")
MEBIBYTE = 1024 * 1024
SITE = f"\n{NAME}, {OTHER_NAME}, {DESK} {{\n"


def documented() -> str:
    """The configuration that the documentation gives."""
    (text,) = re.findall(r"^```caddyfile\n(.*?)^```", DOCUMENT.read_text("utf-8"), re.S | re.M)
    return str(text)


def placed(port: int, plain_port: int, behind: int, folder: Path) -> str:
    """The same, at the test's places."""
    text = documented()
    own = f"{{\n\tadmin off\n\thttps_port {port}\n\thttp_port {plain_port}\n"
    assert (text.startswith("{\n"), text.count(SITE)) == (True, 1)
    text = own + text.removeprefix("{\n")
    text = text.replace(SITE, f"{SITE}\ttls {folder}/chain.pem {folder}/key.pem\n")
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    """Caddy as documented, TLS included, before the made-up server."""
    assert CADDY is not None
    write_certificate(tmp_path, NAME, OTHER_NAME, DESK)
    port, plain_port = free_port(), free_port()
    with Behind() as behind:
        serving = threading.Thread(target=behind.serve_forever, args=(0.05,))
        serving.start()
        file, log = tmp_path / "Caddyfile", tmp_path / "caddy.log"
        file.write_text(placed(port, plain_port, behind.server_address[1], tmp_path), "utf-8")
        command = ["sh", "-c", 'exec "$@" 2> "$LOG"', "sh", CADDY, "run", "--config", str(file)]
        homes = {name: str(tmp_path / "home") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        try:
            with program_running(command, port, homes | {"LOG": str(log)}):
                yield Front(port, plain_port, tmp_path, behind.seen, behind.reached)
        finally:
            behind.shutdown()
            serving.join()


@needs_caddy
def test_it_owes_what_nginx_does_but_keeps_no_page(front: Front) -> None:
    """In one: Caddy takes a second to start."""
    for name in (NAME, OTHER_NAME, DESK):
        assert front.asks("GET", "/silent", Host=name).body.split()[0].decode() == name
    assert len({front.asks("GET", "/page").body for _ in range(2)}) == 2
    assert "content-encoding" not in front.asks("GET", "/page", Accept_Encoding="gzip").headers
    assert front.asks("GET", "/metrics", Authorization="Bearer made-up").status == 404
    assert "/metrics" not in front.reached


@needs_caddy
def test_the_server_behind_learns_name_scheme_and_address_and_no_underscores(front: Front) -> None:
    given = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http"}
    with front.connected() as line:
        heads = [f"{name}: {value}" for name, value in given.items()]
        heads += [f"{name.replace('-', '_')}: {value}" for name, value in given.items()]
        head = "\r\n".join([f"GET /no-store HTTP/1.1\r\nHost: {NAME}", *heads])
        line.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(12) == b"HTTP/1.1 200"
    (seen,) = front.seen
    assert (seen.headers["host"], seen.headers["x-forwarded-proto"]) == (NAME, "https")
    assert ip_address(seen.headers["x-forwarded-for"]).is_loopback, "the client's own claim is gone"
    assert not [name for name in seen.headers if "_" in name]


@needs_caddy
def test_no_serial_of_a_bar_codes_address_stands_in_its_log(front: Front) -> None:
    assert front.asks("GET", BAR_CODE).status == 200
    assert front.asks("GET", f"{BAR_CODE}?breaks").status == 502
    log = (front.folder / "caddy.log").read_text("utf-8", errors="replace")
    assert log
    assert "MADEUP" not in log


@needs_caddy
def test_a_body_is_passed_on_once_it_is_whole_and_no_larger_than_a_batch(front: Front) -> None:
    with front.connected() as slow:
        head = f"POST /no-store HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9\r\n\r\n"
        slow.sendall(head.encode() + b"half")
        time.sleep(0.5)
        assert front.reached == []
        slow.sendall(b" more")
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert front.seen[-1].body == b"half more"
    assert front.asks("POST", "/no-store", b"x" * MOST_BYTES).status == 200
    assert front.asks("POST", "/no-store", b"x" * (MOST_BYTES + 1)).status != 200


@needs_caddy
@pytest.mark.parametrize("path", [PHOTOS, ONE_PHOTO])
def test_photos_are_passed_on_as_they_come_and_may_be_large(front: Front, path: str) -> None:
    passes_on_as_it_comes(front, path)


def test_it_takes_bodies_as_large_as_the_program_does() -> None:
    """A megabyte of Caddy's, unlike one of nginx's, is a million bytes."""
    photos, others = (int(size) for size in re.findall(r"max_size (\d+)MiB", documented()))
    assert photos * MEBIBYTE >= MOST_BYTES_TOGETHER
    assert others * MEBIBYTE == MOST_BYTES
