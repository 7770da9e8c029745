"""The pages of incidents in a browser: clear to all, on any width, in any light."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, serving
from tests.console.incidents_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((1280, "dark"), (390, "light"), (390, "dark"), (1280, "light"))
PAGES = (
    "/desk/",
    "/desk/incidents/",
    "/desk/incidents/?list=all&hurt=yes",
    "/desk/incidents/1/",
    "/desk/incidents/5/",
    "/desk/incidents/7/",
    "/desk/incidents/8/",
    "/desk/incidents/1/learn/",
    "/desk/incidents/1/full/",
)


@pytest.fixture(scope="module")
def incidents(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    with serving("tests.console.incidents_desk", worker_id=worker_id) as served:
        yield ServedDesk(served.address, (served.home / SESSION).read_text())


def clear(page: Page) -> None:
    """Nothing that axe finds, and nothing beside the page."""
    for more in page.locator("summary:visible").all():
        more.click()
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_incidents_are_clear_to_all(
    incidents: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PAGES:
        incidents.open(page, path)
        assert page.locator("main h1").count() == 1, path
        clear(page)
    page.get_by_label("Why you look").fill("To decide whether it is reported")
    page.get_by_role("button", name="Show it in full").click()
    page.get_by_text("It burnt while it stood on the table").wait_for()
    clear(page)


def test_the_most_urgent_is_opened_by_keys_and_decided_by_its_form(
    incidents: ServedDesk, opened: Open
) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    incidents.open(page, "/desk/incidents/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Incident 1 kettle-k20").wait_for()
    page.get_by_text("It was reported…").click()
    page.get_by_label("The authority’s reference").fill("MADE-UP 26-7")
    page.get_by_role("button", name="Keep it as reported").click()
    page.get_by_text("Incident 1 is kept as reported.").wait_for()
    assert page.get_by_text("MADE-UP 26-7").is_visible()
