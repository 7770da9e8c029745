"""One installation at the host names of two brands, in a real browser: whose page it is, light and
dark, in both languages, and that a unit of the other brand is found."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.axe import WCAG, what_axe_minds
from tests.portal.browser.conftest import Site, another_owner
from tests.portal.browser.places import checks, recalled

pytestmark = pytest.mark.browser

SOUNDCORE, POWERCONF = "recall.soundcore.example", "recall.powerconf.example"
FRAMED = {SOUNDCORE: "Soundcore", POWERCONF: "Anker PowerConf"}
BOTH = "soundcore-a3102-a3302"
PATHS = ("", "check", "danger", f"recalls/{BOTH}/", "no-such-page")


@pytest.fixture(scope="module")
def named(chromium: str) -> Iterator[Browser]:
    """A browser for which both names are this machine."""
    options = ["--host-resolver-rules=MAP *.example 127.0.0.1"]
    options += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=options)
        yield opened
        opened.close()


def opened_at(named: Browser, scheme: str = "light", width: int = 390) -> Page:
    context = named.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        extra_http_headers=another_owner(),
    )
    return context.new_page()


def address(site: Site, host: str, path: str = "", language: str = "en") -> str:
    return f"http://{host}:{site.address.rpartition(':')[2]}/{language}/{path}"


@pytest.mark.parametrize("host", [SOUNDCORE, POWERCONF])
@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 390), ("es", "dark", 1280)]
)
def test_each_page_is_the_brands_own_and_has_nothing_that_axe_minds(
    site: Site, named: Browser, host: str, language: str, scheme: str, width: int
) -> None:
    page = opened_at(named, scheme, width)
    for path in PATHS:
        page.goto(address(site, host, path, language))
        expect(page.locator(".firm")).to_contain_text(FRAMED[host])
        assert what_axe_minds(page, WCAG) == [], path
    page.context.close()


def test_each_host_has_the_colour_of_its_brand_in_light_and_in_dark(
    site: Site, named: Browser
) -> None:
    seen = {}
    for host in FRAMED:
        for scheme in ("light", "dark"):
            page = opened_at(named, scheme)
            page.goto(address(site, host))
            mark = page.locator(".mark")
            seen[host, scheme] = mark.evaluate("it => getComputedStyle(it).backgroundColor")
            page.context.close()
    assert len(set(seen.values())) == 4
    assert seen[SOUNDCORE, "light"] == "rgb(11, 90, 107)"


def test_a_unit_of_another_brand_is_found_here_and_it_is_said_whose_it_is(
    site: Site, named: Browser
) -> None:
    page = opened_at(named)
    page.goto(address(site, POWERCONF, "check"))
    checks(page, recalled(site))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stop using it now")
    expect(page.locator(".firm")).to_contain_text("Anker recalls")
    assert page.url == address(site, POWERCONF, "check")
    page.context.close()
