"""The page of what is done in public, in a browser: clear to all, and its forms work."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import Look, one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.publicity_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
PAGE = "/desk/publicity/kettle-k20/"


@pytest.fixture(scope="module")
def desk_in_public(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A made-up recall that is told of in public."""
    with served_by("tests.console.publicity_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_what_is_done_in_public_is_clear_to_all(
    desk_in_public: ServedDesk, opened: Open, look: Look
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in (PAGE, f"{PAGE}back/post/1/"):
        desk_in_public.open(page, path)
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = 1")
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path
    desk_in_public.open(page, PAGE)
    picture = page.get_by_role("group", name="Picture: hits on the recall’s pages")
    assert picture.locator("svg").count() == 1


def test_a_look_is_entered_and_taken_back(desk_in_public: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    desk_in_public.open(page, PAGE)
    page.get_by_text("Enter a look").click()
    page.get_by_label("Site", exact=True).fill("Madeup Bazaar")
    page.get_by_label("Was the product there?").select_option("yes")
    page.get_by_label("Links to the listings").fill("https://bazaar.example.com/77")
    page.get_by_role("button", name="Keep the look").click()
    page.get_by_text("The look is kept.").wait_for()
    row = page.get_by_role("region", name="Table of looks").get_by_role("row").nth(1)
    assert "Madeup Bazaar" in row.inner_text()
    row.get_by_role("link", name="take back").click()
    page.get_by_label("Why, for the log").fill("Another model.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("is taken back: it counts no more.").wait_for()
