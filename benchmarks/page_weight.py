"""What a first visit of the check page costs over the wire, everything included."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from benchmarks.report import Section

LIMIT = 40_000
CHROMIUM = "/usr/bin/chromium"
CHECK = "/en/recalls/anker-a1263/check"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _bytes_of(address: str) -> tuple[int, int]:
    """Bytes received and requests made by a browser that was never there before."""
    from playwright.sync_api import sync_playwright

    received: list[float] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        page.goto(address, wait_until="networkidle")
        browser.close()
    return int(sum(received)), len(received)


def measure() -> Section:
    """The weight of the demo's check page, from a server of its own."""
    section = Section(
        "Pages are light",
        "The A1263 check page in headless Chromium, first visit, headers and everything included "
        "(`encodedDataLength` of the DevTools protocol).",
    )
    if not Path(CHROMIUM).exists() or shutil.which("make") is None:
        section.add("first visit of the check page", "not measured: there is no Chromium here")
        return section
    port = _free_port()
    environment = os.environ | {"DEMO_UNITS": "2000", "SERVE": "0", "RECALLDESK_PROFILE": "demo"}
    environment["RECALLDESK_HOME"] = "var/bench-pages"
    subprocess.run(
        [sys.executable, "-m", "recalldesk", "demo", "--port", str(_free_port())],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "recalldesk", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        received, requests = _bytes_of(f"http://127.0.0.1:{port}{CHECK}")
    finally:
        server.terminate()
        server.wait(20)
    section.add(
        "first visit of the check page",
        f"{received / 1000:.1f} kB in {requests} requests",
        "at most 40 kB",
        received <= LIMIT,
    )
    return section


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not get ready")
