"""The pages of collection sites in a browser: clear to all, on any width, in any light."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.sites_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
PATHS = ("/desk/sites/", "/desk/sites/2/", "/desk/sites/new/", "/desk/sites/files/")


@pytest.fixture(scope="module")
def desk_of_sites(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Made-up sites, of which some turned owners away."""
    with served_by("tests.console.sites_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_sites_are_clear_to_all(
    desk_of_sites: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        desk_of_sites.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_somebody_asks_there_and_the_site_is_said_to_take_them(
    desk_of_sites: ServedDesk, opened: Open
) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    desk_of_sites.open(page, "/desk/sites/")
    page.get_by_role("link", name="Look at these sites").click()
    page.get_by_role("link", name="Cambridge Hazardous Waste Center (made up)").first.click()
    page.get_by_role("button", name="Yes, they do").click()
    page.get_by_text("What they said is noted, as of today.").wait_for()
    page.get_by_text("by Rosa Reviewer").wait_for()
