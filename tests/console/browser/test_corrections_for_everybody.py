"""The pages of corrections in a browser: clear to all, on any width, in any light."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.corrections_desk import SESSION
from tests.console.desk_served import ServedDesk, served_by

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (390, "light"), (1280, "light"), (1280, "dark"))
PATHS = (
    "/desk/corrections/",
    "/desk/corrections/rows/?figure=corrected&so_far=1",
    "/desk/corrections/rows/?figure=both",
    "/desk/corrections/reports/",
    "/desk/corrections/reports/1/",
    "/desk/corrections/new/",
    "/desk/proofs/",
)


@pytest.fixture(scope="module")
def corrections(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A few weeks of made-up reports."""
    with served_by("tests.console.corrections_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_corrections_are_clear_to_all(
    corrections: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        corrections.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_a_report_is_entered_and_taken_back_by_hand(corrections: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    corrections.open(page, "/desk/corrections/")
    page.get_by_role("link", name="Enter or bring in").click()
    page.get_by_label("Or how many units").fill("3")
    page.get_by_label("By whom").first.fill("Madeup North")
    page.get_by_label("From where you know it").fill("Their letter.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("is kept and counts from now on").wait_for()
    page.get_by_label("Why, for the log").fill("Another recall.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("It was taken back and does not count.").wait_for()
