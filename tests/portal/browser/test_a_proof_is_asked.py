"""Over the limit in a browser: with the script it goes on by itself, without it after a wait."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.browser.conftest import Site
from tests.portal.browser.places import CHECK, checks, go, over_the_limit, recalled

pytestmark = pytest.mark.browser


def test_the_browser_does_the_work_and_goes_on_by_itself(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    over_the_limit(page, site)
    page.goto(f"{site.address}/en{CHECK}")
    page.fill("#serial", recalled(site))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop using it now", timeout=20_000)
    assert page.url.endswith("/en/check")


def test_it_says_so_where_a_screen_reader_hears_it(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    go(page, site, "proof at work")
    expect(page.get_by_role("status")).to_contain_text("It goes on by itself")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_be_hidden()
    expect(page.get_by_role("link", name="1-800-555-0142").first).to_be_visible()


def test_without_javascript_it_says_to_wait_and_keeps_what_was_typed(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    over_the_limit(page, site)
    page.goto(f"{site.address}/en{CHECK}")
    checks(page, recalled(site))
    expect(page.get_by_text("Wait one minute, then press “Continue”.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("That was a little early.")).to_be_visible()
    assert page.locator("#proof [name=serial]").input_value() == recalled(site)


def test_a_browser_that_cannot_do_the_work_says_to_wait(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    over_the_limit(page, site)
    page.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('no'))")
    page.goto(f"{site.address}/en{CHECK}")
    checks(page, recalled(site))
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")


def test_a_refusal_says_when_to_come_back_and_whom_to_call(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    go(page, site, "too many")
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many checks at once")
    expect(page.get_by_text("Wait 1 minute, then press “Try again”.")).to_be_visible()
    expect(page.get_by_text("do not use it").first).to_be_visible()
