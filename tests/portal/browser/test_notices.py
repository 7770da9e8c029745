"""The notice in a real browser: whole without a script, in print, and what a bar code leads to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from benchmarks.page_weight import NOTICE
from tests.portal.browser.conftest import Site
from tests.portal.browser.places import recalled

pytestmark = pytest.mark.browser

BY_PROGRAMS = 'script[type="application/ld+json"]'


def test_it_is_whole_and_readable_without_a_script(site: Site, opened: Callable[..., Page]) -> None:
    with_script, without = opened(), opened(java_script_enabled=False)
    texts = []
    for page in (with_script, without):
        page.goto(site.address + NOTICE)
        texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    assert "19 reports of fires and explosions" in texts[0]


def test_what_programs_read_is_there_and_the_policy_does_not_mind(
    site: Site, opened: Callable[..., Page]
) -> None:
    """A complaint in the browser's console fails the test."""
    page = opened()
    page.goto(site.address + NOTICE)
    model = page.evaluate(
        "where => JSON.parse(document.querySelector(where).textContent).about[0].model",
        BY_PROGRAMS,
    )
    assert model == "A1263"


def test_in_print_its_answers_are_open_and_its_address_stands_in_place_of_buttons(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.emulate_media(media="print")
    page.goto(site.address + NOTICE)
    assert page.locator(".printed").inner_text().endswith(NOTICE)
    assert page.get_by_text("A worn number is not").is_visible()
    for hidden in ("Check my unit", "Start a claim", "All notices, as a feed"):
        assert not page.get_by_role("link", name=hidden).is_visible()
    # No heading stands alone at the foot of a page.
    after = "found => found.map(each => getComputedStyle(each).breakAfter)"
    assert set(page.locator("main h2, summary").evaluate_all(after)) == {"avoid"}


def test_what_a_bar_code_filled_in_is_answered_once_it_is_sent(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/01/012345678905/21/{recalled(site)}")
    assert page.locator("#serial").input_value() == recalled(site)
    with page.expect_navigation():
        page.get_by_role("button", name="Check this serial").click()
    assert page.get_by_role("heading", name="Stop using it now").is_visible()
    assert recalled(site) not in page.url


def test_the_web_server_writes_nothing_of_a_bar_codes_address(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    for path in ("/01/012345678905/21/A1263MADEUP99999", "/01/A1263MADEUP99999/more/of/it"):
        page.goto(site.address + path)
    log = (site.folder / "publishing.log").read_text(encoding="utf-8", errors="replace")
    assert "Serving on" in log
    assert "A1263MADEUP99999" not in log.upper()
