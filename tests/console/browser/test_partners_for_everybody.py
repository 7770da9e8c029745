"""The pages of partners, in a browser: clear to all, and their forms work."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import Look, one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.partners_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
PAGE = "/desk/partners/kettle-k20/"
MARKET = f"{PAGE}1/"


@pytest.fixture(scope="module")
def desk_of_partners(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A made-up recall with partners."""
    with served_by("tests.console.partners_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_pages_of_partners_are_clear_to_all(
    desk_of_partners: ServedDesk, opened: Open, look: Look
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    pages = (
        *(PAGE, MARKET, f"{PAGE}2/", f"{PAGE}tell/", f"{PAGE}new/", f"{MARKET}end/"),
        *(f"{MARKET}posted/1/", f"{MARKET}certify/3/", f"{PAGE}rows/returned/"),
    )
    for path in pages:
        desk_of_partners.open(page, path)
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = 1")
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_a_late_partner_answers_by_phone(desk_of_partners: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    desk_of_partners.open(page, PAGE)
    table = page.get_by_role("region", name="Table of who was told")
    table.get_by_role("link", name="Zebra Market").click()
    page.get_by_text("It answered by phone or letter").click()
    page.get_by_label("Who there confirms it").fill("Zoe Madeup")
    page.get_by_label("Units on hand").first.fill("12")
    page.get_by_role("button", name="It stopped selling").click()
    page.get_by_text("Kept: Zebra Market stopped selling.").wait_for()
    assert "not answered" not in page.locator("#main").inner_text()


def test_a_refund_and_a_notice_are_entered_by_phone(
    desk_of_partners: ServedDesk, opened: Open
) -> None:
    page = opened(viewport={"width": 390, "height": 800})
    desk_of_partners.open(page, MARKET)
    page.get_by_text("It refunded, replaced or repaired for customers").click()
    page.get_by_label("Units without a serial").fill("3")
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.get_by_text("Kept: it counts among the corrections").wait_for()
    page.get_by_role("link", name="Entrance of the shop, 1 Example Street").click()
    photo = page.get_by_role("img", name="Photo 1 of the notice")
    photo.wait_for()
    assert photo.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
