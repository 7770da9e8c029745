"""A gift code is copied whole: by its button, and without a script by a tap on it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.portal.browser.conftest import Site
from tests.portal.browser.following_places import open_claim
from tests.portal.browser.places import press
from tests.portal.claims.coded import CODES

pytestmark = pytest.mark.browser
FIRST = CODES[0]


def _shown(page: Page, site: Site) -> Page:
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "coded", "gift-code")
    press(page, page.get_by_role("button", name="Show my code"))
    return page


def test_its_button_copies_the_code_and_says_so(site: Site, opened: Callable[..., Page]) -> None:
    page = _shown(opened(permissions=["clipboard-read", "clipboard-write"]), site)
    page.get_by_role("button", name="Copy the code").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == FIRST


def test_without_a_script_a_tap_marks_the_code_whole(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = _shown(opened(java_script_enabled=False), site)
    assert not page.locator("#copy").is_visible()
    assert page.get_by_text("Tap or click the code").is_visible()
    page.locator("#gift-code span").first.click()
    assert page.evaluate("getSelection().toString()") == FIRST
