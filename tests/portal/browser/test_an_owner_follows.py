"""An owner comes back to a claim, follows it and tells of danger, in a browser without a script."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.portal.browser.claims_made import FILE
from tests.portal.browser.conftest import Site
from tests.portal.browser.following_places import open_claim
from tests.portal.browser.places import CHECK, checks, press, recalled

pytestmark = pytest.mark.browser
WORDS = "Made up: a message from a real browser."


def test_a_mailed_link_opens_by_its_button_and_leaves_the_address(
    site: Site, opened: Callable[..., Page]
) -> None:
    """The browser says where the form stood, though it tells no page the link."""
    link = json.loads((site.folder / FILE).read_text(encoding="utf-8"))["approved"]["link"]
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en/claims/link/{link}")
    press(page, page.locator("main form .button"))
    assert page.locator("h1").inner_text().split() == ["Your", "claim", "is", "approved"]
    assert link not in page.url


def test_a_message_with_a_photo_is_sent_without_a_script(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "remedy_sent")
    photo: Any = {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": b"made up" * 20_000}
    page.fill("[name=message]", WORDS)
    page.set_input_files("#message-photos", [photo])
    press(page, page.locator("form[action$='/message'] .button:not(.choose)"))
    assert page.get_by_role("status").inner_text() == "Your message is with the desk."
    assert WORDS in page.locator(".says.mine").last.inner_text()


def test_the_enter_key_asks_for_the_serial_and_never_says_danger(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en{CHECK}")
    page.fill("#serial", recalled(site))
    with page.expect_navigation():
        page.locator("#serial").press("Enter")
    assert page.locator("h1").inner_text() == "Stop using it now"


def test_from_the_verdict_danger_leads_to_a_person_in_two_taps(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en{CHECK}")
    checks(page, recalled(site))
    press(page, page.get_by_role("button", name="Yes, tell me what to do"))
    assert "noted that you told us" in page.locator("#tell").inner_text()
    page.fill("[name=contact]", "202-555-0143")
    # The second press breaks off the first one's way to the page: what counts is where it ends.
    page.get_by_role("button", name="Tell the desk").dblclick(no_wait_after=True)
    page.locator("h1", has_text="A person calls you").wait_for()
    assert page.url.endswith("/?sent")
