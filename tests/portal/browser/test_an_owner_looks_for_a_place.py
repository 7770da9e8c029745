"""An owner looks for a place that takes the unit, on a telephone: with the script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.browser.conftest import Site
from tests.portal.browser.places import DISPOSAL, checks, go, looks_for_a_place, press, recalled

pytestmark = pytest.mark.browser
SAN_DIEGO = {"latitude": 32.71, "longitude": -117.16}


def test_without_javascript_from_the_check_to_a_place_and_back_from_it(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    go(page, site, "check")
    checks(page, recalled(site))
    page.get_by_role("link", name="Where to take it").click()
    expect(page.get_by_role("button", name="Use my position")).to_be_hidden()
    looks_for_a_place(page, "60601")
    expect(page).to_have_url(f"{site.address}/en{DISPOSAL}")
    expect(page.get_by_role("heading", name="Places near Chicago, IL")).to_be_visible()
    first = page.locator(".site").first
    expect(first.get_by_role("link", name="Call")).to_have_attribute("href", r"tel:+1-312-555-0181")
    first.get_by_text("They turned me away").click()
    press(page, first.get_by_role("button", name="An appointment was needed"))
    expect(page.get_by_text("Thank you. Whoever looks for a place now sees it")).to_be_visible()
    expect(page.locator(".site", has_text="An appointment was needed.")).to_be_visible()
    expect(page.get_by_text("You told us that you were turned away here.")).to_be_visible()


def test_a_browser_that_tells_its_position_needs_no_postal_code(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(permissions=["geolocation"], geolocation=SAN_DIEGO)
    go(page, site, "getting rid of it")
    press(page, page.get_by_role("button", name="Use my position"))
    expect(page.get_by_role("heading", name="San Diego Transfer Station (made up)")).to_be_visible()
    assert "32.7" not in page.url


def test_one_that_does_not_tell_it_asks_for_the_postal_code(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(permissions=[])
    go(page, site, "getting rid of it")
    page.get_by_role("button", name="Use my position").click()
    expect(page.get_by_text("Your browser gave no position.")).to_be_visible()
    expect(page.locator("#place")).to_be_focused()
