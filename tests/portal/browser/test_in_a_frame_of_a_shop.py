"""Another origin frames the banner and the check, as the page for shops says: in a real browser."""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.axe import WCAG, what_axe_minds
from tests.portal.browser.claims import MISREAD
from tests.portal.browser.conftest import Site
from tests.portal.browser.places import FAR, recalled

pytestmark = pytest.mark.browser

SHOPS = "/en/recalls/anker-a1263/shops"
EVERYTHING = bool(os.environ.get("RECALLDESK_ALL_PAGES"))
"""Each day the narrowest frame and a wide one; with `make check-all` all of them."""
LOOKS = [(280, "dark"), (1280, "light")]
LOOKS += [(280, "light"), (390, "dark")] if EVERYTHING else []


class _ShopsPage(BaseHTTPRequestHandler):
    """A page of a shop, with what it copied."""

    def __init__(self, copied: list[str], *given: Any) -> None:
        self._copied = copied
        super().__init__(*given)

    def do_GET(self) -> None:
        page = (
            "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>"
            "<meta name=color-scheme content='light dark'><link rel=icon href=data:,>"
            f"<title>A made-up shop</title><main><h1>A made-up shop</h1>{''.join(self._copied)}"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def shop(site: Site, opened: Callable[..., Page]) -> Iterator[str]:
    """Where a shop shows both frames: under another name than the site's."""
    page = opened()
    page.goto(site.address + SHOPS)
    copied = [unescape(each) for each in page.locator("pre code").all_text_contents()]
    assert len(copied) == 2
    # In the tests letters and frames name the usual port; this site has another.
    here = [re.sub(r"http://127\.0\.0\.1:\d+", site.address, each) for each in copied]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_ShopsPage, here)) as server:
        serving = Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()
        serving.join()


def frame_of(page: Page, name: str) -> Frame:
    """The frame, once it is there: it comes when somebody scrolls to it."""
    place = page.locator(f'iframe[src*="{name}"]')
    place.scroll_into_view_if_needed()
    found = place.element_handle().content_frame()
    assert found is not None
    found.wait_for_url(f"**{name}*")
    found.wait_for_load_state("load")
    return found


def checks(page: Page, serial: str) -> Frame:
    """Types a serial into the frame and sends it; the answer comes in the frame."""
    frame = frame_of(page, "/check")
    frame.fill("#serial", serial)
    with frame.expect_navigation():
        frame.get_by_role("button", name=re.compile("Check this serial|Send it again")).click()
    return frame


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_both_are_shown_and_axe_finds_nothing(
    shop: str, opened: Callable[..., Page], width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    page = opened(viewport=size, color_scheme=scheme, bypass_csp=True)
    page.goto(shop)
    for name, words in (("/banner", "Product safety recall"), ("/check", "Serial number")):
        frame = frame_of(page, name)
        assert frame.get_by_text(words).first.is_visible()
        widths = frame.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1], (name, widths)
    assert what_axe_minds(page, WCAG) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_each_answer_comes_in_the_frame(
    site: Site, shop: str, opened: Callable[..., Page], scripts: bool
) -> None:
    page = opened(java_script_enabled=scripts)
    for serial, heading in (
        (recalled(site), "Stop using it now"),
        (recalled(site).translate(MISREAD), "Please look again"),
        (FAR, "The serial you gave is not in this recall"),
    ):
        page.goto(shop)
        frame = checks(page, serial)
        assert frame.get_by_role("heading", name=heading).is_visible()
        assert frame.get_by_text("1-800-555-0142").first.is_visible()
        assert page.url == shop
        assert serial not in frame.url


@pytest.mark.parametrize("width", [280, *([390] if EVERYTHING else [])])
def test_the_answers_fit_and_axe_finds_nothing(
    site: Site, shop: str, opened: Callable[..., Page], width: int
) -> None:
    page = opened(viewport={"width": width, "height": 900}, bypass_csp=True)
    for serial in (recalled(site), recalled(site).translate(MISREAD), FAR):
        page.goto(shop)
        frame = checks(page, serial)
        widths = frame.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1], (serial, widths)
        assert what_axe_minds(page, WCAG) == []


def test_twice_in_doubt_goes_to_a_person(
    site: Site, shop: str, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(shop)
    checks(page, recalled(site).translate(MISREAD))
    frame = checks(page, recalled(site).translate(MISREAD))
    assert frame.get_by_role("heading", name="A person decides this with you").is_visible()


def test_a_claim_goes_on_in_a_tab_of_the_whole_site(
    site: Site, shop: str, opened: Callable[..., Page]
) -> None:
    page = opened()
    page.goto(shop)
    frame = checks(page, recalled(site))
    with page.context.expect_page() as tab:
        frame.get_by_role("button", name="Start my claim").click()
    claim = tab.value
    claim.wait_for_load_state("load")
    assert claim.url.startswith(f"{site.address}/en/claims/")
    assert recalled(site) not in claim.url
    assert claim.evaluate("window.opener") is None
    assert page.url == shop


def test_a_photo_goes_on_there_too(site: Site, shop: str, opened: Callable[..., Page]) -> None:
    page = opened()
    page.goto(shop)
    wrong = recalled(site).translate(MISREAD)
    frame = checks(page, wrong)
    with page.context.expect_page() as tab:
        frame.get_by_role("button", name="Take a photo").click()
    photo = tab.value
    photo.wait_for_load_state("load")
    assert photo.get_by_role("heading", name="Let a photo answer").is_visible()
    assert wrong not in photo.url


def test_danger_goes_on_there_at_once(site: Site, shop: str, opened: Callable[..., Page]) -> None:
    page = opened()
    page.goto(shop)
    with page.context.expect_page() as tab:
        frame_of(page, "/check").get_by_role("link", name="Yes, tell me what to do").click()
    tab.value.wait_for_load_state("load")
    assert tab.value.url == f"{site.address}/en/recalls/anker-a1263/danger"


def test_no_other_page_can_be_framed(
    site: Site, shop: str, opened: Callable[..., Page], browser: Any
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(shop)
    other = f"{site.address}/en/recalls/anker-a1263/check"
    with page.expect_event("response", lambda answer: answer.url == other) as answered:
        page.evaluate(
            """address => {
                const frame = document.createElement("iframe");
                frame.id = "other";
                frame.src = address;
                document.body.prepend(frame);
            }""",
            other,
        )
    assert answered.value.status == 200
    # By its element: the order of a page's frames says nothing of their places.
    shown = page.locator("#other").element_handle().content_frame()
    assert shown is not None
    shown.wait_for_url("chrome-error://**")
    assert "Serial number" not in shown.evaluate("document.documentElement.innerText || ''")
    context.close()
