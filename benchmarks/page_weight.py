"""What a first visit of the check page, and of the notice, costs over the wire."""

import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import Section

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHECK = "/en/recalls/anker-a1263/check"
NOTICE = "/en/recalls/anker-a1263/"
LIMIT, NOTICE_LIMIT = 40_000, 30_000
PAGES = (
    ("first visit of the check page", CHECK, LIMIT),
    ("first visit of the notice page", NOTICE, NOTICE_LIMIT),
)
"""What, where, and how many bytes it may be. The notice has no pictures but those drawn in it."""


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
    """The weight of both pages, from the server on this port."""
    section = Section(
        "Pages are light",
        "The A1263 check page and notice in headless Chromium, first visits, headers and "
        "everything included "
        "(`encodedDataLength` of the DevTools protocol). All examples are published, with short "
        "lists, and served by `serve`, as for owners. Without Chromium nothing is measured, and "
        "the aim counts as not reached.",
    )
    if not Path(CHROMIUM).exists():
        for what, _, limit in PAGES:
            section.not_measured(what, f"there is no Chromium at {CHROMIUM}", _aim(limit))
        return section
    with sync_playwright() as play:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        for what, path, limit in PAGES:
            received, requests = first_visit(browser, f"http://127.0.0.1:{port}{path}")
            measured = f"{received / 1000:.1f} kB in {requests} requests"
            section.judge(what, measured, _aim(limit), reached=received <= limit)
        browser.close()
    return section


def _aim(limit: int) -> str:
    return f"at most {limit // 1000} kB"
