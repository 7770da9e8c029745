"""What a first visit of the check page costs over the wire, everything included."""

import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import Section

LIMIT = 40_000
AIM = "at most 40 kB"
WHAT = "first visit of the check page"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHECK = "/en/recalls/anker-a1263/check"


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


def measure(port: int) -> Section:
    """The weight of the check page, from the server on this port."""
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
    with sync_playwright() as play:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        received, requests = first_visit(browser, f"http://127.0.0.1:{port}{CHECK}")
        browser.close()
    measured = f"{received / 1000:.1f} kB in {requests} requests"
    section.judge(WHAT, measured, AIM, reached=received <= LIMIT)
    return section
