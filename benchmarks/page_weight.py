"""What a first visit of the check page costs over the wire, everything included."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import Section

LIMIT = 40_000
AIM = "at most 40 kB"
WHAT = "first visit of the check page"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHECK = "/en/recalls/anker-a1263/check"
PATIENCE = 120


def first_visit(browser: Browser, address: str) -> tuple[int, int]:
    """Bytes received and requests made by somebody who was never there before."""
    received: list[float] = []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    return int(sum(received)), len(received)


def measure(folder: Path) -> Section:
    """The weight of the check page, from a server of its own."""
    section = Section(
        "Pages are light",
        "The A1263 check page in headless Chromium, first visit, headers and everything included "
        "(`encodedDataLength` of the DevTools protocol). All examples are published, with short "
        "lists, and served by `serve`, as for owners. Without Chromium nothing is measured, and "
        "the aim counts as not reached.",
    )
    if not Path(CHROMIUM).exists():
        section.not_measured(WHAT, f"there is no Chromium at {CHROMIUM}", AIM)
        return section
    with _served(folder) as address, sync_playwright() as play:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        received, requests = first_visit(browser, address + CHECK)
        browser.close()
    measured = f"{received / 1000:.1f} kB in {requests} requests"
    section.judge(WHAT, measured, AIM, reached=received <= LIMIT)
    return section


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The desk of the browser tests, in a process and a database of its own."""
    home, port = folder / "pages", _free_port()
    home.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.portal.browser.desk", str(home), str(port)],
        env=os.environ | {"RECALLDESK_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not get ready")
