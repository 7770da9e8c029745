"""A call in a browser: without a script, by keys, and clear to all; letters as they print."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.cast import SERIALS
from tests.console.browser.test_desk_pages_for_everybody import is_clear_to_all
from tests.console.call_desk import SESSION
from tests.console.desk_served import ServedDesk, served_by

pytestmark = pytest.mark.browser
Opens = Callable[..., Page]
PAGES = (
    "/desk/phone/",
    "/desk/phone/list/",
    "/desk/contacts/",
    "/desk/contacts/1/",
    "/desk/contacts/new/",
    "/desk/letters/",
    "/desk/promises/",
    "/desk/gift-codes/",
)


@pytest.fixture(scope="module")
def calls(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Made-up calls, contacts and letters."""
    with served_by("tests.console.call_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.fixture
def at_the_desk(calls: ServedDesk, opened: Opens) -> Opens:
    """Opens a page of the desk, signed in."""

    def open_page(path: str, **options: object) -> Page:
        page = opened(**{"viewport": {"width": 1280, "height": 720}} | options)
        return calls.open(page, path)

    return open_page


def test_every_page_is_clear_to_all(at_the_desk: Opens) -> None:
    page = at_the_desk(PAGES[0], bypass_csp=True)  # axe is a script of the test's own
    address = page.url.removesuffix(PAGES[0])
    for path in PAGES:
        page.goto(address + path)
        is_clear_to_all(page, path)


def test_a_claim_is_entered_without_a_script(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/phone/", java_script_enabled=False)
    page.get_by_label("Serial", exact=True).fill(SERIALS[3])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Stop using it now").wait_for()
    page.get_by_label("Name", exact=True).fill("Carla Phoned-In")
    page.keyboard.press("Enter")
    page.get_by_label("Phone", exact=True).fill("202-555-0143")
    page.locator("[name=remedy]").first.check()
    page.get_by_label("Street").fill("77 Madeup Lane")
    page.get_by_label("City", exact=True).fill("Springfield")
    page.get_by_label("State", exact=True).select_option("IL")
    page.get_by_label("ZIP code").fill("62704")
    page.get_by_label("Read out").check()
    page.get_by_role("button", name="Enter the claim").click()
    page.wait_for_url("**/desk/contacts/*/")
    assert "hear from us by" in page.inner_text("main")


def test_what_a_caller_tells_of_an_incident_is_entered_and_clear_to_all(at_the_desk: Opens) -> None:
    page = at_the_desk(PAGES[0], bypass_csp=True)
    page.get_by_role("button", name="Yes: danger").click()
    page.get_by_label("Anyone hurt").select_option("yes")
    page.get_by_label("How hurt").fill("Made up: a burnt hand")
    page.get_by_role("button", name="One more person").click()
    page.locator("[name=person-1-care]").select_option("doctor")
    assert page.get_by_label("How hurt").first.input_value() == "Made up: a burnt hand"
    is_clear_to_all(page, "a call about an incident")
    page.get_by_label("They give no way to be reached").check()
    page.get_by_role("button", name="Tell the desk").click()
    page.wait_for_url("**/desk/contacts/*/")
    assert "They told of incident" in page.inner_text("main")


def test_each_letter_is_a_page_of_its_own(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/letters/")
    page.get_by_role("button", name="Print the chosen ones").click()
    page.emulate_media(media="print")
    assert page.locator(".paper").count() == 3
    assert not page.get_by_role("button", name="Mark as posted").is_visible()
    pages = page.pdf().count(b"/Type /Page\n")
    assert pages == 3
