"""A claim in a real browser, from the home page to its status: counted, without script, by keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.portal.browser.claims import chooses_photos, goes_on, photo, types_serial
from tests.portal.browser.conftest import Site, another_owner
from tests.portal.browser.counting import MOST_PAGES, MOST_TAPS, Counting
from tests.portal.published import serials_in

pytestmark = pytest.mark.browser

ADDRESS = {"#id_street_address": "1 Example Street", "#id_city": "Springfield"}


def _to_the_photos(owner: Counting, site: Site, place: int) -> None:
    owner.opens(f"{site.address}/en/")
    owner.goes_on('a[href$="/anker-a1263/check"]')
    owner.taps_on(".cards label")
    owner.types("#serial", serials_in(site.folder, "a1263")[place])
    owner.goes_on()
    owner.goes_on('form[action$="/claim"] .button')


def _from_the_photos(owner: Counting, remedy: str) -> None:
    owner.chooses("#label-1", photo("label"))
    owner.chooses("#marking-1", photo("marking"))
    owner.goes_on("button[name=next]")
    owner.types("#id_name", "Made-up Owner")
    owner.types("#id_email", "made.up@example.org")
    owner.goes_on()
    owner.taps_on(f'.pick:has([value="{remedy}"])')
    owner.goes_on()
    if owner.page.url.endswith("/details"):
        for field, text in ADDRESS.items():
            owner.types(field, text)
        owner.selects("#id_country_area", "CA")
        owner.types("#id_postal_code", "90001")
        owner.goes_on()
    for box in ("disposal", "truth", "adult"):
        owner.taps_on(f".tick:has(#agree-{box})")
    owner.goes_on()


@pytest.mark.parametrize("with_script", [True, False])
@pytest.mark.parametrize(("remedy", "place"), [("gift-card", 3), ("power-bank", 5)])
def test_from_the_home_page_to_a_filed_claim(
    site: Site, opened: Callable[..., Page], remedy: str, place: int, with_script: bool
) -> None:
    page = opened(java_script_enabled=with_script)
    owner = Counting(page)
    _to_the_photos(owner, site, place + 10 * with_script)
    _from_the_photos(owner, remedy)
    assert page.url.endswith("/?sent")
    expect(page.get_by_role("main")).to_contain_text("R-")
    print(f"{remedy}, script {with_script}: {owner.pages} pages, {owner.taps} taps")
    assert owner.pages <= MOST_PAGES
    assert owner.taps <= MOST_TAPS


def _at_photos(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/en/recalls/anker-a1263/claim")
    goes_on(page, 'button[value="unreadable"]')


def test_a_photo_is_sent_at_once_smaller_and_shown(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    _at_photos(page, site)
    large = photo("large", (5200, 3900))
    page.evaluate(
        """() => { const send = XMLHttpRequest.prototype.send
             XMLHttpRequest.prototype.send = function (body) {
               window.bytesSent = body.size; return send.call(this, body) } }"""
    )
    page.set_input_files("#label-1", [large])
    page.locator(".file button[name=remove]").wait_for()
    assert 0 < page.evaluate("window.bytesSent") < len(large["buffer"])
    expect(page.locator(".file img.thumb")).to_have_attribute("src", re.compile("^data:image/jpeg"))
    expect(page.locator("#photos-said")).to_have_text("The label with the serial number: sent")
    expect(page.locator(".photo-row .choose").first).to_have_text("One more photo")
    page.reload()
    expect(page.locator(".file")).to_have_count(1)


def test_what_did_not_arrive_is_sent_again(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    _at_photos(page, site)
    tries: list[str] = []

    def first_one_fails(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fulfill(status=502, body="<p>a proxy without a server</p>")
        else:
            route.continue_()

    page.route("**/photos/1/label", first_one_fails)
    page.set_input_files("#label-1", [photo("label")])
    page.locator(".file button[name=remove]").wait_for()
    assert len(tries) == 2


def test_what_is_refused_says_why_and_the_rest_goes_on(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    _at_photos(page, site)
    empty = {"name": "empty.heic", "mimeType": "image/heic", "buffer": b""}
    page.set_input_files("#label-1", [empty, photo("label")])
    page.locator(".file button[name=remove]").wait_for()
    expect(page.locator(".file.failed")).to_contain_text("This file is empty.")
    page.locator(".file.failed").get_by_text("Remove").click()
    expect(page.locator(".file.failed")).to_have_count(0)


def test_what_can_be_done_about_a_failed_photo_stands_side_by_side(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    _at_photos(page, site)
    page.route("**/photos/1/label", lambda route: route.fulfill(status=400, body="no"))
    page.set_input_files("#label-1", [photo("label")])
    again = page.locator(".file.failed").get_by_text("Try again")
    remove = page.locator(".file.failed").get_by_text("Remove")
    first, second = again.bounding_box(), remove.bounding_box()
    assert first
    assert second
    assert second["x"] >= first["x"] + first["width"]
    page.unroute("**/photos/1/label")
    again.click()
    page.locator(".file button[name=remove]").wait_for()
    expect(page.locator(".file.failed")).to_have_count(0)


def test_a_file_that_stays_refused_is_not_offered_again(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    _at_photos(page, site)
    page.set_input_files("#label-1", [{"name": "a.heic", "mimeType": "image/heic", "buffer": b""}])
    expect(page.locator(".file.failed")).to_contain_text("a.heic: This file is empty.")
    expect(page.locator(".file.failed").get_by_text("Remove")).to_be_visible()
    expect(page.locator(".file.failed").get_by_text("Try again")).to_have_count(0)


def test_the_list_of_what_is_missing_counts_down_with_each_photo(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/recalls/anker-a1263/claim")
    types_serial(page, serials_in(site.folder, "a1263")[40])
    goes_on(page, "button[name=next]")
    heading = page.locator("#problems-h")
    expect(heading).to_have_text("2 things are not right yet")
    page.set_input_files("#label-1", [photo("label")])
    expect(heading).to_have_text("One thing is not right yet")
    page.set_input_files("#marking-1", [photo("marking")])
    expect(heading).to_have_count(0)


def test_the_word_that_the_link_was_sent_keeps_its_distance_from_the_heading(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    page.goto(f"{site.address}/en/recalls/anker-a1263/claim")
    goes_on(page, 'button[value="gone"]')
    page.fill("#id_name", "Made-up Owner")
    page.fill("#id_email", "made.up@example.org")
    goes_on(page)
    goes_on(page, 'form[action$="/keep"] button')
    note, heading = page.locator(".note").bounding_box(), page.locator("h1").bounding_box()
    assert note
    assert heading
    assert heading["y"] - (note["y"] + note["height"]) >= 12


def test_continue_waits_for_photos_on_their_way(site: Site, opened: Callable[..., Page]) -> None:
    page = opened()
    _at_photos(page, site)
    held: list[Route] = []
    page.route("**/photos/1/*", lambda route: held.append(route))
    chooses_photos(page)
    page.wait_for_timeout(500)
    page.locator("button[name=next]").click()
    expect(page.locator("#photos-said")).to_contain_text("as soon as your photos are sent")
    with page.expect_navigation(url="**/you"):
        for route in held:
            route.continue_()
        page.unroute("**/photos/1/*")


def test_the_keyboard_alone_files_a_claim(site: Site, opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    page.set_extra_http_headers(another_owner())
    page.goto(f"{site.address}/en/recalls/anker-a1263/claim")
    page.get_by_role("button", name="I no longer have it").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Made-up Owner")
    page.keyboard.press("Tab")
    page.keyboard.type("made.up@example.org")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("[name=remedy]").first.focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for box in ("disposal", "truth", "adult"):
        page.locator(f"#agree-{box}").focus()
        page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("?sent")
