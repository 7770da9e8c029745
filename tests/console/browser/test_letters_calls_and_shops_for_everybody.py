"""The desk's pages of letters, calls and shops that tell in a browser: clear to all."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.cast import SLUG
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, serving
from tests.console.papers_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
PAGES = (
    f"/desk/waves/{SLUG}/1/letters/",
    "/desk/letters-returned/",
    "/desk/calls/",
    f"/desk/shops/?recall={SLUG}",
    f"/desk/shops/{SLUG}/new/",
    f"/desk/shops/{SLUG}/1/",
)


@pytest.fixture(scope="module")
def manager(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    with serving("tests.console.papers_desk", worker_id=worker_id) as served:
        yield ServedDesk(served.address, (served.home / SESSION).read_text())


def clear(page: Page) -> None:
    """Nothing that axe finds, and nothing beside the page."""
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_papers_are_clear_to_all(manager: ServedDesk, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PAGES:
        manager.open(page, path)
        assert page.locator("main h1").count() == 1, path
        for more in page.locator("main summary:visible").all():
            more.click()
        clear(page)
    manager.open(page, "/desk/calls/")
    page.get_by_role("button", name="The next call", exact=True).click()
    clear(page)
    page.get_by_role("button", name="Show the number").click()
    page.get_by_text("+1 202-555-010").wait_for()
    clear(page)
    page.get_by_role("button", name="Leave it to others").click()
    page.get_by_role("heading", name="Calls to make").wait_for()
    manager.open(page, "/desk/letters-returned/")
    page.get_by_label("References, one a line").fill("N-NONE")
    page.get_by_role("button", name="They came back").click()
    page.get_by_role("status").wait_for()
    clear(page)
