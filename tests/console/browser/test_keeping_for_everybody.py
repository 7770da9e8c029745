"""The pages of keeping, in a browser: clear to all, and a hold is placed and lifted by them."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import Look, one_look
from tests.console.desk_served import Served, ServedDesk, serving
from tests.console.keeping_desk import OWNER, SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
KEEPING = "/desk/keeping/"
PAGES = ("", "holds/1/", "holds/new/", "early/1/", "early/2/", "early/new/", "erased/filing/3/")


@pytest.fixture(scope="module")
def served(chromium: str, worker_id: str) -> Iterator[Served]:
    """Made-up holds and erasures."""
    with serving("tests.console.keeping_desk", worker_id=worker_id) as desk:
        yield desk


@pytest.fixture
def desk_of_keeping(served: Served) -> ServedDesk:
    return ServedDesk(served.address, (served.home / SESSION).read_text())


def is_clear(page: Page) -> None:
    assert what_axe_minds(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_pages_of_keeping_are_clear_to_all(
    served: Served, desk_of_keeping: ServedDesk, opened: Open, look: Look
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    owner = json.loads((served.home / OWNER).read_text())
    for path in (*(KEEPING + each for each in PAGES), f"/desk/claims/{owner['reference']}/1/"):
        desk_of_keeping.open(page, path)
        assert page.locator("#main h1").count() == 1, path
        is_clear(page)
    cookie = {"name": f"claim-{owner['key']}", "value": owner["pass"], "url": served.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
    page.goto(f"{served.address}/en/claims/{owner['key']}/")
    assert page.get_by_role("heading", name="We have to keep your data for now").is_visible()
    is_clear(page)


def test_a_hold_is_placed_and_lifted(desk_of_keeping: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    desk_of_keeping.open(page, f"{KEEPING}holds/new/")
    page.get_by_label("Recall", exact=True).select_option("kettle-k20")
    page.get_by_label("Why").fill("A made-up authority asks for it.")
    page.get_by_role("button", name="Place the hold").click()
    page.get_by_text("The hold is in force.").wait_for()
    page.get_by_label("Why").fill("It is over.")
    page.get_by_role("button", name="Lift the hold").click()
    page.get_by_text("The hold is lifted.").wait_for()
    assert "Lifted" in page.locator("#main").inner_text()
