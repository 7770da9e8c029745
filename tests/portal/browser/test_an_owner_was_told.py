"""An owner opens the link of a notice, on a phone and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.portal.browser.conftest import Site
from tests.portal.browser.told_places import path_of, presses

pytestmark = pytest.mark.browser
SMALLEST = 44


def test_one_press_answers_another_takes_it_back_and_one_claims(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en/check")
    page.goto(path_of(page, site, "several"))
    for button in page.locator("main .button, main button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST, button.inner_text()
    page.fill("#units", "2")
    presses(page, "sold")
    assert "You told us on" in page.inner_text("main")
    page.fill("#id_next_contact", "nobody")
    presses(page, "next_owner")
    assert "neither an e-mail address nor a phone number" in page.inner_text("main")
    page.fill("#id_next_contact", "next.made.up@example.org")
    presses(page, "next_owner")
    assert "You named somebody who has it now" in page.inner_text("main")
    presses(page, "take_back")
    assert "You told us on" not in page.inner_text("main")
    presses(page, "claim")
    assert page.url.endswith("/unit")
    assert "told" not in page.url, "the token left the address bar"
