"""The figures in a browser: clear to all, on any width, in any light, and whole on paper."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.console.figures_desk import SESSION
from tests.portal.browser.conftest import ROOT, own_database, wait_for
from tests.ports import free_port

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = [(390, "light"), (1280, "light"), (1280, "dark"), (1920, "light")]


@pytest.fixture(scope="module")
def figures(chromium: str, worker_id: str) -> Iterator[tuple[str, str]]:
    """Where they are served, and the session of a senior reviewer."""
    home, port = ROOT / "var" / f"figures-browser-{worker_id}", free_port()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.console.figures_desk", str(home), str(port)]
    environment = {**os.environ, "RECALLDESK_HOME": str(home), "RECALLDESK_PROFILE": "test"}
    with (
        own_database(f"figures_{worker_id}_{os.getpid()}") as database,
        (home / "log").open("wb") as log,
    ):
        environment["DATABASE_URL"] = database
        served = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(served, f"{address}/healthz", home / "log")
            yield address, (home / SESSION).read_text()
        finally:
            served.terminate()
            served.wait(20)
            shutil.rmtree(home, ignore_errors=True)


def at(page: Page, figures: tuple[str, str], path: str) -> Page:
    address, session = figures
    cookie = {"name": "desk_session", "value": session, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
    page.goto(address + path)
    return page


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_figures_and_rows_are_clear_to_all(
    figures: tuple[str, str], opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in ("/desk/figures/", "/desk/figures/rows/?figure=decided&who=rule"):
        at(page, figures, path)
        for numbers in page.get_by_text("The numbers", exact=True).all():
            numbers.click()
        found = Axe().run(page).response["violations"]
        problems = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
        assert problems == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_pictures_take_the_colours_of_the_light_and_nothing_is_refused(
    figures: tuple[str, str], opened: Open
) -> None:
    said: list[str] = []
    fills = {}
    for light in ("light", "dark"):
        page = opened(viewport={"width": 1280, "height": 800}, color_scheme=light)
        page.on("console", lambda message: said.append(message.text))
        at(page, figures, "/desk/figures/")
        bar = page.locator('.chart path[fill="var(--act)"]').first
        fills[light] = bar.evaluate("it => getComputedStyle(it).fill")
    assert fills["light"] != fills["dark"]
    assert said == [], "the policy of the page refuses nothing that it holds"


def test_on_paper_every_table_is_open_and_every_picture_whole(
    figures: tuple[str, str], opened: Open
) -> None:
    page = at(opened(viewport={"width": 720, "height": 900}), figures, "/desk/figures/")
    page.emulate_media(media="print")
    for table in page.locator("table").all():
        assert table.is_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll')]"
        ".filter(it => it.scrollWidth > it.clientWidth + 1)"
        ".map(it => it.getAttribute('aria-label'))"
    )
    assert cut == []
