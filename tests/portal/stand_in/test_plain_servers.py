"""A stand-in is served by any web server, while database and pages are stopped.

Nothing of the program runs behind these servers: all that they have is the folder.
"""

import http.client
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.proxy import (
    AROUND,
    LOG,
    documented,
    nginx,
    placed,
    places,
    stand_in_configuration,
)
from tests.ports import free_port

NOTICE, CHECK = "/en/recalls/anker-a1263/", "/en/recalls/anker-a1263/check"
KINDS = {
    "/": "text/html",
    "/es/": "text/html",
    NOTICE: "text/html",
    "/recalls.cpsc.json": "application/json",
    "/es/recalls/anker-a1263/poster-a4.pdf": "application/pdf",
    "/robots.txt": "text/plain",
}
PATIENCE = 20
pytestmark = pytest.mark.usefixtures("db")
needs_nginx = pytest.mark.skipif(nginx() is None, reason="there is no nginx")


def asked(
    port: int, path: str, method: str = "GET", body: bytes | None = None
) -> tuple[int, str, str]:
    """Status, kind and text of an answer; folders are followed as browsers do."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if answer.status == 301:
            return asked(port, path + "/")
        return answer.status, answer.getheader("Content-Type", "").partition(";")[0], text
    finally:
        connection.close()


@contextmanager
def started(command: list[str], port: int, folder: Path) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                asked(port, "/robots.txt")
                break
            except OSError:
                assert time.monotonic() < until, log.read_text(errors="replace")
                assert server.poll() is None, log.read_text(errors="replace")
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture
def by_python(served: Path, tmp_path: Path) -> Iterator[int]:
    port = free_port()
    words = ["-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(served)]
    with started([sys.executable, *words], port, tmp_path):
        yield port


def run_nginx(folder: Path, site: str, port: int) -> "contextmanager[None]":
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    around = AROUND.format(user=user).replace("http {", f"http {{ include {mime_types(folder)};")
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    program = nginx()
    assert program is not None
    command = [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
    return started(command, port, folder)


def mime_types(folder: Path) -> Path:
    """As Debian's nginx has them."""
    kinds = "text/html html; text/css css; image/svg+xml svg; application/json json;"
    kinds += " application/pdf pdf; application/atom+xml atom; text/plain txt;"
    (folder / "mime.types").write_text(f"types {{ {kinds} }}", encoding="utf-8")
    return folder / "mime.types"


@pytest.fixture
def by_nginx(served: Path, tmp_path: Path) -> Iterator[int]:
    """By the configuration for a machine that has the folder only."""
    port = free_port()
    site = placed(
        stand_in_configuration("alone"),
        {"listen 443 ssl http2;": f"listen 127.0.0.1:{port};", "/var/www/recall": str(served)},
    )
    lines = [line for line in site.splitlines() if "ssl_certificate" not in line]
    with run_nginx(tmp_path, "\n".join(lines), port):
        yield port


@pytest.fixture
def before_nothing(served: Path, tmp_path: Path) -> Iterator[int]:
    """By the documented proxy, behind which nothing answers."""
    port, plain, nobody = free_port(), free_port(), free_port()
    site = placed(documented(), places(port, plain, nobody, tls=False))
    site = placed(
        site, {"    location / {\n": stand_in_configuration("behind") + "\n    location / {\n"}
    )
    one = "        proxy_cache_revalidate on;\n"
    site = placed(site, {one: one + "        proxy_intercept_errors on;\n"})
    site = site.replace("/var/www/recall", str(served))
    with run_nginx(tmp_path, site, port):
        yield port


def test_python_serves_it(by_python: int) -> None:
    for path, kind in KINDS.items():
        assert asked(by_python, path)[:2] == (200, kind), path
    assert "Checks are not answered here just now" in asked(by_python, CHECK)[2]


@needs_nginx
def test_nginx_serves_it(by_nginx: int) -> None:
    for path, kind in KINDS.items():
        assert asked(by_nginx, path)[:2] == (200, kind), path
    assert "Checks are not answered here just now" in asked(by_nginx, CHECK)[2]
    status, _kind, text = asked(by_nginx, "/en/no-such-page")
    assert (status, "This page is not here just now" in text) == (404, True)


@needs_nginx
def test_a_proxy_falls_back_to_it(before_nothing: int, tmp_path: Path) -> None:
    for path, kind in KINDS.items():
        assert asked(before_nothing, path)[:2] == (200, kind), path
    assert "Checks are not answered here just now" in asked(before_nothing, CHECK)[2]
    assert (tmp_path / LOG).exists()


@needs_nginx
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/en/check", "Checks are not answered here just now"),
        ("/es/check", "Aquí no se responden comprobaciones"),
        ("/en/search", "This page is not here just now"),
        ("/en/recalls/anker-a1263/claim", "This page is not here just now"),
        ("/en/claims/k-e_y1234567/photos", "This page is not here just now"),
        ("/01/012345678905/21/A1263MADEUP", "This page is not here just now"),
        ("/api/v1/checks", "This page is not here just now"),
    ],
)
def test_what_is_sent_to_a_proxy_meanwhile_is_answered_plainly(
    before_nothing: int, path: str, says: str
) -> None:
    status, kind, text = asked(before_nothing, path, "POST", b"serial=A1263MADEUP")
    assert (status, kind) == (503, "text/html")
    assert says in text
