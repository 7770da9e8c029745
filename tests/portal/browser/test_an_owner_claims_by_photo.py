"""A claim that is filed with photos only, in a real browser: they are drawn, and really read.

How long an owner waits is printed; it is no aim here.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.demo.photos.markings import draw_marking
from tests.portal.browser.claims import goes_on, types_serial
from tests.portal.browser.conftest import Site
from tests.portal.browser.counting import MOST_PAGES, MOST_TAPS, Counting
from tests.portal.browser.following_places import open_claim
from tests.portal.published import serials_in

pytestmark = pytest.mark.browser

RECALL, MODEL = "anker-25-466", "A1681"
"""Its owners write the word and a code, and may choose a gift card."""
PATIENCE = 120_000
"""Milliseconds: the machine of a test may be busy."""
SEND = "main button[name=photo]"
MAY_BE_TYPED = {"#id_name", "#id_email"}


def _file(picture: Image.Image, name: str) -> dict[str, Any]:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=90)
    return {"name": name, "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def _label(serial: str, seed: int = 5) -> dict[str, Any]:
    return _file(draw_label(serial, MODEL, seed, look=Look.DARK_ON_WHITE), "label.jpg")


def _marking(page: Page) -> dict[str, Any]:
    """What the page asks for, written by hand."""
    word, code = page.locator(".write .code").inner_text().split("\n")
    return _file(draw_marking(word, code, seed=4), "marking.jpg")


def _shows(page: Page, where: str, *, with_script: bool) -> None:
    """Waits for what a job brings: the page shows it by itself, or loads itself again."""
    if with_script:
        page.locator(where).wait_for(timeout=PATIENCE)
        return
    for _ in range(PATIENCE // 2_000):
        if page.locator(where).count():
            return
        page.wait_for_timeout(2_000)
        page.reload()
    pytest.fail(f"{where} never came")


def _marks_it(owner: Counting, *, with_script: bool) -> None:
    """Sends the photo of what was written; nothing makes its owner wait for the reading."""
    owner.chooses("#marking-1", _marking(owner.page))
    if with_script:
        row = owner.page.locator(".photo-row", has=owner.page.locator("#marking-1"))
        owner.waits_for(
            "the marking",
            lambda: expect(row).to_contain_text(
                "We see RECALLED and your number", timeout=PATIENCE
            ),
        )
    owner.goes_on("button[name=next]")


@pytest.mark.parametrize("with_script", [True, False])
def test_photos_alone_file_a_claim_from_the_home_page(
    site: Site, opened: Callable[..., Page], with_script: bool
) -> None:
    page = opened(java_script_enabled=with_script)
    page.set_default_timeout(PATIENCE)
    owner, serial = Counting(page), serials_in(site.folder, "25-466")[60 + with_script]
    owner.opens(f"{site.address}/en/")
    owner.goes_on(f'h3 a[href$="/{RECALL}/"]')
    owner.goes_on(f'a[href$="/{RECALL}/claim"]')
    owner.sends("#label-camera", _label(serial), "" if with_script else SEND)
    owner.waits_for("the label", lambda: _shows(page, "svg.crop", with_script=with_script))
    expect(page.locator("#serial")).to_have_value(serial)
    expect(page.locator("#product")).to_have_value(MODEL.lower())
    owner.goes_on('form[action$="/unit"] .button')
    _marks_it(owner, with_script=with_script)
    owner.types("#id_name", "Made-up Owner")
    owner.types("#id_email", "made.up@example.org")
    owner.goes_on()
    owner.taps_on('.pick:has([value="gift-card"])')
    owner.goes_on()
    for box in ("disposal", "truth", "adult"):
        owner.taps_on(f".tick:has(#agree-{box})")
    owner.goes_on()
    assert page.url.endswith("/?sent")
    print(f"script {with_script}: {owner.pages} pages, {owner.taps} taps, waited {owner.waits}")
    assert set(owner.typed) <= MAY_BE_TYPED
    assert owner.pages <= MOST_PAGES
    assert owner.taps <= MOST_TAPS


def test_whoever_types_while_a_late_reading_comes_loses_nothing(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "label_slow", "label")
    page.fill("#serial", "TYPED")
    token = page.locator("#reading").get_attribute("data-token")
    assert token
    page.route("**/photos/state", lambda route: route.fulfill(json={"label": "read", "photos": []}))
    page.locator("#reading-done").wait_for()
    expect(page.locator("#serial")).to_have_value("TYPED")


def test_what_is_typed_beside_the_photo_is_asked_about_like_any_other(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/recalls/{RECALL}/claim")
    types_serial(page, serials_in(site.folder, "25-466")[70])
    assert re.search(r"/photos$|/unit\?which$", page.url)


def test_the_part_of_the_photo_that_was_read_stands_upright_beside_it(
    site: Site, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(f"{site.address}/en/")
    open_claim(page, site, "label_in_doubt", "label")
    crop = page.locator("svg.crop").bounding_box()
    assert crop
    assert crop["width"] > 2 * crop["height"]
    assert page.locator("svg.crop image").evaluate(
        "async (image) => (await fetch(image.href.baseVal)).ok"
    )
    goes_on(page, 'form[action$="/unit"] .button')
    expect(page.locator("h1")).to_have_text("Please look again")
    expect(page.locator("svg.crop")).to_be_visible()
