"""The check in a real browser: with the script, without it, and over a thin line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.browser.conftest import Site
from tests.portal.browser.places import CHECK, FAR, MISREAD, checks, go, recalled

pytestmark = pytest.mark.browser

FIRST_VISIT = 40_000


def test_without_javascript_a_unit_is_checked_from_search_to_a_person(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en/")
    page.fill("#q", "PowerCore 1000")
    page.locator(".search .button").click()
    page.get_by_role("link", name="PowerCore 10000").click()
    page.locator(".cards label").nth(1).click()
    wrong = recalled(site).translate(MISREAD)
    checks(page, wrong)
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look again")
    expect(page.locator(".chars li")).to_have_count(16)
    checks(page, wrong)
    expect(page.get_by_role("heading", level=1)).to_have_text("A person decides this with you")
    page.get_by_role("button", name="Yes, tell me what to do").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get away from it, now")
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()


def test_what_is_typed_is_shown_in_fours_and_counted(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    go(page, site, "check")
    expect(page.locator("#live")).to_be_hidden()
    page.locator("#serial").press_sequentially("a12f 8g7k-30xb 4t")
    expect(page.locator("#live-chars li")).to_have_count(14)
    expect(page.locator("#live-count")).to_have_text("14 of 16 characters")
    assert page.locator("#live-chars li").all_inner_texts()[:4] == ["A", "1", "2", "F"]
    assert "alike" in (page.locator("#live-chars li").nth(1).get_attribute("class") or "")


def test_a_chosen_model_opens_its_drawing(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    go(page, site, "check of five models")
    page.locator(".cards label", has_text="A1652").click()
    expect(page.locator("details[open] summary")).to_contain_text("A1652")


def test_the_keyboard_alone_is_enough(site: Site, opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    go(page, site, "check")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()
    page.focus("#serial")
    page.keyboard.type(recalled(site))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop using it now")


@pytest.mark.parametrize("place", ["serial missing", "contact missing"])
def test_what_is_not_right_yet_is_in_focus_also_without_javascript(
    site: Site, opened: Callable[..., Page], place: str
) -> None:
    page = opened(java_script_enabled=False)
    go(page, site, place)
    expect(page.locator(".problems")).to_be_focused()


def test_who_sits_at_a_desk_reads_the_number_to_call_on_every_page(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    for place in ("home", "check", "look again", "told"):
        go(page, site, place)
        expect(page.get_by_role("banner").get_by_text("1-800-555-0142")).to_be_visible()


def test_on_paper_an_answer_is_dark_on_white_also_from_a_dark_screen(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(color_scheme="light")
    go(page, site, "affected")
    page.emulate_media(media="print")
    style = "verdict => { const { color, backgroundColor } = getComputedStyle(verdict);"
    style += " return [color, backgroundColor] }"
    from_light = page.locator(".verdict").evaluate(style)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".verdict").evaluate(style) == from_light


def test_a_no_leads_to_being_told_later(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    go(page, site, "check")
    checks(page, FAR)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The serial you gave is not in this recall"
    )
    page.fill("#contact", "owner@example.org")
    page.get_by_role("button", name="Tell me", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    expect(page.get_by_text("owner@example.org")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_visit_of_the_check_page_is_small(
    site: Site, opened: Callable[..., Page], language: str
) -> None:
    page = opened()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[float] = []
    devtools.on(
        "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
    )
    page.goto(f"{site.address}/{language}{CHECK}", wait_until="networkidle")
    assert len(received) >= 4
    assert sum(received) <= FIRST_VISIT
    print(f"first visit in {language}: {sum(received):.0f} bytes in {len(received)} answers")


def test_no_page_speaks_to_another_server_or_sets_a_cookie(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in ("home", "check", "affected", "not affected"):
        go(page, site, place)
    assert all(url.startswith((site.address, "data:")) for url in asked)
    assert page.context.cookies() == []
