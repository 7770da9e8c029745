"""Photos sent to a filed claim: made smaller, with their progress, and nothing typed is lost."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.portal.browser.claims import photo
from tests.portal.browser.conftest import Site
from tests.portal.browser.following_places import open_claim

pytestmark = pytest.mark.browser

EMPTY = {"name": "empty.heic", "mimeType": "image/heic", "buffer": b""}
WATCHED = """() => {
  window.most = 0
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll('.file progress'))
      if (bar.hasAttribute('value')) window.most = Math.max(window.most, bar.value / bar.max)
  }).observe(document.querySelector('.files'), { attributes: true, childList: true, subtree: true })
  const send = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.send = function (form) {
    window.sizes = [...(window.sizes ?? []), form.get('photos').size]
    return send.call(this, form)
  }
}"""
"""Notes how far the progress bar came, and how large what was sent is."""
_numbers = count(1)


def _words() -> str:
    return f"Made up: message {next(_numbers)} with photos."


def _at_the_message(page: Page, site: Site, claim: str = "remedy_sent") -> None:
    page.goto(f"{site.address}/en/")
    open_claim(page, site, claim)


def _sends(page: Page) -> None:
    page.get_by_role("button", name="Send the message").click()


def _messages(page: Page, words: str) -> Locator:
    return page.locator(".says.mine", has_text=words)


def test_photos_of_a_message_are_sent_smaller_one_by_one_with_their_progress(
    site: Site, opened: Callable[..., Page]
) -> None:
    page, words = opened(), _words()
    _at_the_message(page, site)
    page.evaluate(WATCHED)
    large = photo("large", (5200, 3900))
    page.fill("[name=message]", words)
    page.set_input_files("#message-photos", [large, EMPTY])
    expect(page.locator(".file img.thumb")).to_have_count(1)
    assert page.evaluate("window.sizes") is None, "nothing is sent before its owner sends it"
    _sends(page)
    expect(page.locator(".file.failed")).to_contain_text("empty.heic: This file is empty.")
    expect(page.locator(".file").first).to_contain_text("Received.")
    assert page.evaluate("window.most") == 1
    assert 0 < max(page.evaluate("window.sizes")) < len(large["buffer"])
    with page.expect_navigation(url="**/?done=message"):
        page.locator(".file.failed").get_by_text("Remove").click()
        _sends(page)
    expect(_messages(page, words)).to_have_count(1)
    expect(_messages(page, words).locator(".shown li")).to_have_count(1)


def test_when_a_photo_fails_what_was_typed_stays_and_is_one_message(
    site: Site, opened: Callable[..., Page]
) -> None:
    page, words = opened(), _words()
    _at_the_message(page, site)
    page.fill("[name=message]", words)
    page.set_input_files("#message-photos", [photo("one"), photo("two")])
    tries: list[str] = []

    def the_second_fails(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 2:
            route.fulfill(status=400, body="no")
        else:
            route.continue_()

    page.route("**/message", the_second_fails)
    _sends(page)
    expect(page.locator(".file.failed")).to_contain_text("This photo could not be sent.")
    expect(page.locator("[name=message]")).to_have_value(words)
    with page.expect_navigation(url="**/?done=message"):
        _sends(page)
    assert len(tries) == 3
    expect(_messages(page, words)).to_have_count(1)
    expect(_messages(page, words).locator(".shown li")).to_have_count(2)


def test_an_answer_that_was_lost_leaves_one_message_with_one_photo(
    site: Site, opened: Callable[..., Page]
) -> None:
    page, words = opened(), _words()
    _at_the_message(page, site)
    page.fill("[name=message]", words)
    page.set_input_files("#message-photos", [photo("once")])
    tries: list[str] = []

    def the_first_answer_is_lost(route: Route) -> None:
        tries.append(route.request.url)
        answer = route.fetch()
        if len(tries) == 1:
            route.fulfill(status=502, body="<p>a proxy that lost the answer</p>")
        else:
            route.fulfill(response=answer)

    page.route("**/message", the_first_answer_is_lost)
    with page.expect_navigation(url="**/?done=message"):
        _sends(page)
    assert len(tries) == 2
    expect(_messages(page, words)).to_have_count(1)
    expect(_messages(page, words).locator(".shown li")).to_have_count(1)


def test_a_message_that_is_too_long_keeps_its_words_and_its_photos(
    site: Site, opened: Callable[..., Page]
) -> None:
    page, words = opened(), _words()
    _at_the_message(page, site)
    page.fill("[name=message]", words + "x" * 4000)
    page.set_input_files("#message-photos", [photo("kept")])
    _sends(page)
    expect(page.locator("#photos-said")).to_have_text("This is too long. Write it shorter.")
    expect(page.locator("[name=message]")).to_be_focused()
    expect(page.locator(".file.failed")).to_have_count(0)
    page.fill("[name=message]", words)
    with page.expect_navigation(url="**/?done=message"):
        _sends(page)
    expect(_messages(page, words).locator(".shown li")).to_have_count(1)


def test_a_message_of_a_page_that_closed_is_shown_again(
    site: Site, opened: Callable[..., Page]
) -> None:
    page, words = opened(), _words()
    _at_the_message(page, site)
    page.fill("[name=message]", words)
    page.set_input_files("#message-photos", [photo("closed")])
    page.context.clear_cookies()
    with page.expect_navigation():
        _sends(page)
    expect(page.locator("main textarea")).to_have_value(words)


def test_another_photo_is_sent_smaller_with_its_progress(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "several", "more-photos?unit=3&kind=marking")
    page.evaluate(WATCHED)
    large = photo("another", (5200, 3900))
    page.set_input_files("#photos", [large, EMPTY])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".file.failed")).to_contain_text("empty.heic: This file is empty.")
    expect(page.locator(".file").first).to_contain_text("Received.")
    assert page.evaluate("window.most") == 1
    assert 0 < max(page.evaluate("window.sizes")) < len(large["buffer"])
    expect(page.locator("#unit")).to_have_value("3")
    page.locator(".file.failed").get_by_text("Remove").click()
    with page.expect_navigation(url="**/?done=photos"):
        page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("The unit with what you wrote on it")


def test_the_page_that_is_left_while_a_photo_is_on_its_way_asks_first(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "several", "more-photos")
    held: list[Route] = []
    page.route("**/more-photos", lambda route: held.append(route))
    page.set_input_files("#photos", [photo("held")])
    page.get_by_role("button", name="Send", exact=True).click()
    bar = page.locator(".file progress")
    expect(bar).to_be_visible()
    expect(bar).to_have_attribute("aria-label", "The photo, or several: held.jpg")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Back to my claim").click()
    page.wait_for_url("**/claims/*/")
    assert asked == ["beforeunload"]
