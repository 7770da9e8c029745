"""What a first visit of the check page, and of the notice, costs over the wire."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Visit:
    """What a first visit costs: bytes as the server sends them, headers and all. Pictures are
    files of their own; those drawn in the page count with it."""

    received: int
    requests: int
    pictures: int


def first_visit(browser: Browser, address: str) -> Visit:
    """What somebody loads who was never there before."""
    received: dict[str, float] = {}
    pictures: set[str] = set()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def came(event: dict[str, Any]) -> None:
        if event["type"] == "Image" and not event["response"]["url"].startswith("data:"):
            pictures.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        received[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", came)
    session.on("Network.loadingFinished", ended)
    page.goto(address, wait_until="networkidle")
    context.close()
    of_pictures = sum(size for request, size in received.items() if request in pictures)
    return Visit(
        received=int(sum(received.values()) - of_pictures),
        requests=len(received),
        pictures=int(of_pictures),
    )


def measure(port: int) -> Section:
    """The weight of both pages, from the server on this port."""
    section = Section(
        "Pages are light",
        "The A1263 check page and notice in headless Chromium, first visits, headers and "
        "everything included (`encodedDataLength` of the DevTools protocol); files of pictures "
        "are counted apart. All examples are published, with short lists, and served by `serve`, "
        "as for owners. Without Chromium nothing is measured, and the aim counts as not reached.",
    )
    if not Path(CHROMIUM).exists():
        for what, _, limit in PAGES:
            section.not_measured(what, f"there is no Chromium at {CHROMIUM}", _aim(limit))
        return section
    with sync_playwright() as play:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        for what, path, limit in PAGES:
            visit = first_visit(browser, f"http://127.0.0.1:{port}{path}")
            measured = f"{visit.received / 1000:.1f} kB in {visit.requests} requests"
            if visit.pictures:
                measured += f", without {visit.pictures / 1000:.1f} kB of pictures"
            section.judge(what, measured, _aim(limit), reached=visit.received <= limit)
        browser.close()
    return section


def _aim(limit: int) -> str:
    return f"at most {limit // 1000} kB"
