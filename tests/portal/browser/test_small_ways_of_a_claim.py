"""Small ways through a claim: no photo, another photo of the label, and how a number is set."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.browser.claims import goes_on
from tests.portal.browser.conftest import Site
from tests.portal.browser.following_places import open_claim
from tests.portal.browser.places import go

pytestmark = pytest.mark.browser

FIRST_OF_LINES = """() => {
  const says = [...document.querySelectorAll('.file p')]
    .find((p) => p.innerText.startsWith('We read what you gave'))
  const [words] = says.childNodes
  const first = []
  let line = -Infinity
  for (let at = 0; at < words.length; at++) {
    const range = document.createRange()
    range.setStart(words, at)
    range.setEnd(words, at + 1)
    const { top, width } = range.getBoundingClientRect()
    if (width && top > line + 2) first.push(words.data[at])
    if (width) line = top
  }
  return first.join('')
}"""
"""The letter that each line begins with, where it is said what was read."""


@pytest.mark.parametrize("with_script", [True, False])
def test_whoever_cannot_take_a_photo_is_led_on_and_finds_back(
    site: Site, opened: Callable[..., Page], with_script: bool
) -> None:
    page = opened(java_script_enabled=with_script)
    page.goto(f"{site.address}/en/recalls/anker-a1263/claim")
    goes_on(page, 'button[value="unreadable"]')
    goes_on(page, "button[name=no_photo]")
    assert page.url.endswith("/you?no-photo")
    expect(page.locator(".note[role=status]")).to_contain_text("A person will ask you about it.")
    goes_on(page, ".note[role=status] a")
    assert page.url.endswith("/photos")
    goes_on(page, "button[name=can_photo]")
    assert page.url.endswith("/photos")
    expect(page.locator("#label-1")).to_be_attached()


def test_whoever_cannot_take_a_photo_of_one_of_two_stays_for_the_other(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/recalls/baseus-bs30kp365/claim?several")
    page.fill("#serials", "AAAA1\nBBBB2")
    goes_on(page)
    goes_on(page, "button[name=no_photo]")
    assert page.url.endswith("/photos")
    goes_on(page, "button[name=no_photo]")
    assert page.url.endswith("/you?no-photo")


def test_no_mark_stands_apart_from_the_number_that_was_read(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    go(page, site, "photos read, as given")
    for width in (*range(240, 600, 3), 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FIRST_OF_LINES).isalnum(), f"at {width} px"


@pytest.mark.parametrize("width", [390, 1280])
def test_another_photo_of_the_label_is_offered_before_what_else_may_be(
    site: Site, opened: Callable[..., Page], width: int
) -> None:
    page = opened(viewport={"width": width, "height": 800})
    go(page, site, "label read")
    another = page.get_by_text("Take another photo").bounding_box()
    otherwise = page.get_by_role("heading", name="Or is it otherwise?").bounding_box()
    confirms = page.get_by_role("button", name="Yes, that is it").bounding_box()
    assert another
    assert otherwise
    assert confirms
    assert confirms["y"] < another["y"] < otherwise["y"]


def test_what_else_may_be_still_says_so_below_another_photo(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "label_read", "label")
    goes_on(page, 'button[value="several"]')
    expect(page.locator("#serials")).to_be_visible()
