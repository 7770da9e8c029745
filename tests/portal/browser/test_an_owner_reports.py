"""An owner reports what happened, on a phone, in a browser without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.portal.browser.claims import photo
from tests.portal.browser.conftest import Site
from tests.portal.browser.places import press
from tests.portal.browser.reporting_places import REPORT, SEND, tells

pytestmark = pytest.mark.browser


def test_from_the_notice_to_a_kept_report_with_a_photo(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(f"{site.address}/en/recalls/anker-a1263/")
    press(page, page.get_by_role("link", name="Tell us what happened"))
    assert page.url == f"{site.address}/en{REPORT}"
    assert not page.locator("[name=person-0-age]").is_visible()
    tells(page)
    press(page, page.locator("[name=do][value=person]"))
    assert page.url.endswith("#person-2")
    assert page.locator("[name=person-0-harm]").input_value() == "Made up: a burnt hand"
    page.select_option("[name=person-1-care]", "doctor")
    page.fill("[name=thing-0-amount]", "$1,200")
    page.fill("[name=contact]", "202-555-0143")
    # The second press breaks off the first one's way to the page: what counts is where it ends.
    page.locator(SEND).dblclick(no_wait_after=True)
    page.locator("h1", has_text="Thank you for telling us").wait_for()
    kept = page.locator("#main").inner_text()
    assert "2 people were hurt" in kept
    assert "1 thing was damaged" in kept
    assert "burnt" not in kept
    page.set_input_files("#photos", [_taken()])
    press(page, page.get_by_role("button", name="Send the photos"))
    assert "1 photo" in page.locator("#main").inner_text()


def _taken() -> Any:
    return photo("label")


def test_the_enter_key_sends_what_was_typed_and_adds_no_person(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en{REPORT}")
    page.check("[name=happened][value=heat]")
    with page.expect_navigation():
        page.locator("[name=serial]").press("Enter")
    assert page.locator("h1").inner_text() == "Thank you for telling us"
