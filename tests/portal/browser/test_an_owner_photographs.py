"""The second look by photo on a screen as small as a telephone's, with the script and without."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recalldesk.demo.photos.conditions import as_jpeg
from recalldesk.demo.photos.label_print import Look
from recalldesk.demo.photos.labels import draw_label
from tests.portal.browser.conftest import Site
from tests.portal.browser.looks import LOOKS
from tests.portal.browser.places import MISREAD, checks, go, recalled
from tests.portal.claims.conftest import made_up_photo
from tests.portal.published import serials_in

pytestmark = pytest.mark.browser


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture as a camera would leave it; made up."""
    path = tmp_path / "label.jpg"
    path.write_bytes(made_up_photo())
    return path


PATIENCE = 200_000
"""Milliseconds: reading takes seconds of processor time, and the machine has other work."""
READING = re.compile("We are reading your photo|Please take another photo")
"""The second where a worker was quick: the picture is of noise."""


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_photo_goes_by_itself_once_it_is_taken(
    site: Site, opened: Callable[..., Page], photo: Path
) -> None:
    page = opened()
    go(page, site, "look again")
    camera = page.locator("#photo")
    assert camera.get_attribute("capture") == "environment"
    assert page.locator(".photo-look .button:visible").all_inner_texts() == [
        "Take a photo",
        "Choose a photo",
    ]
    with page.expect_navigation():
        camera.set_input_files(photo)
    heading(page, READING)
    assert page.url.startswith(f"{site.address}/en/check/photo/")
    cookies = page.context.cookies(page.url)
    assert [(c["httpOnly"], c["path"]) for c in cookies] == [(True, "/en/check/photo")]


def test_an_honest_neighbour_is_done_with_one_photo(
    site: Site, opened: Callable[..., Page], tmp_path: Path
) -> None:
    """From the check to its answer, with nothing in between but the engine."""
    serials = set(serials_in(site.folder, "a1263"))
    text = next(t for c in "CEF" if (t := recalled(site)[:-1] + c) not in serials)
    label = tmp_path / "label.jpg"
    label.write_bytes(as_jpeg(draw_label(text, "A1263", seed=4, look=Look.DARK_ON_WHITE)))
    page = opened()
    go(page, site, "check")
    checks(page, text)
    heading(page, "Please look again")
    with page.expect_navigation():
        page.locator("#photo").set_input_files(label)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The serial you gave is not in this recall", timeout=PATIENCE
    )
    expect(page.locator("main")).to_contain_text("Your photo reads what you typed")


def test_two_tabs_of_one_browser_each_show_their_own_answer(
    site: Site, opened: Callable[..., Page], tmp_path: Path
) -> None:
    serials = set(serials_in(site.folder, "a1263"))
    neighbour = next(t for c in "CEF" if (t := recalled(site)[:-1] + c) not in serials)
    typed = {neighbour: neighbour, recalled(site): recalled(site).translate(MISREAD)}
    one = opened()
    tabs = {serial: one.context.new_page() for serial in typed}
    for serial, tab in tabs.items():
        tab.goto(f"{site.address}/en/recalls/anker-a1263/check")
        checks(tab, typed[serial])
        heading(tab, "Please look again")
    for serial, tab in tabs.items():
        label = tmp_path / f"{serial}.jpg"
        label.write_bytes(as_jpeg(draw_label(serial, "A1263", seed=4, look=Look.DARK_ON_WHITE)))
        with tab.expect_navigation():
            tab.locator("#photo").set_input_files(label)
    answers = {
        neighbour: "The serial you gave is not in this recall",
        recalled(site): "Stop using it now",
    }
    for serial, tab in tabs.items():
        expect(tab.get_by_role("heading", level=1)).to_have_text(answers[serial], timeout=PATIENCE)
    for serial, tab in tabs.items():
        tab.reload()
        heading(tab, answers[serial])


def test_the_answer_comes_by_itself_once_the_photo_is_read(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.route("**/check/photo/*/waits", lambda route: route.fulfill(json={"waits": False}))
    go(page, site, "photo waiting")
    with page.expect_navigation():
        pass
    page.unroute_all()
    heading(page, "We are reading your photo")


def test_without_the_script_a_button_sends_it_and_a_link_looks_again(
    site: Site, opened: Callable[..., Page], photo: Path
) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{site.address}/en/recalls/anker-a1263/check")
    checks(page, recalled(site).translate(MISREAD))
    heading(page, "Please look again")
    page.get_by_label("Choose a photo").set_input_files(photo)
    page.get_by_role("button", name="Send the photo").click()
    heading(page, READING)
    look_now = page.get_by_role("link", name="Look now")
    if look_now.count():
        look_now.click()
    heading(page, READING)


def test_an_answer_is_read_on_with_the_keyboard_alone(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    go(page, site, "photo unreadable")
    page.locator("#photo").focus()
    ring = page.locator("label.choose[for=photo]").evaluate(
        "it => getComputedStyle(it).outlineStyle"
    )
    assert ring == "solid"


@pytest.mark.parametrize("place", LOOKS)
def test_nobody_is_told_safe_and_a_person_is_in_sight(
    site: Site, opened: Callable[..., Page], place: str
) -> None:
    page = opened()
    go(page, site, place)
    assert "safe" not in page.locator("main").inner_text().lower()
    expect(page.get_by_role("contentinfo").get_by_text("1-800-555-0142")).to_be_visible()
