"""Every page, for whoever reads it: by axe, at 320 px, light and dark, in both directions."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.page_weight import NOTICE_LIMIT, PAGES, first_visit
from tests.axe import WCAG, what_axe_minds
from tests.portal.browser.conftest import Site
from tests.portal.browser.places import PLACES, go
from tests.portal.published import EXAMPLES

pytestmark = pytest.mark.browser

EVERYTHING = bool(os.environ.get("RECALLDESK_ALL_PAGES"))


def looks() -> Iterator[tuple[str, str, int, str]]:
    """Place, language, width and scheme: all of them, or one look for each place in turn."""
    every = [
        (language, width, scheme)
        for language in ("en", "es", "en-xa", "ar-xb")
        for width in (390, 1280)
        for scheme in ("light", "dark")
    ]
    # One state of each template a day; the others with all pages.
    places = PLACES if EVERYTHING else [each for each in PLACES if ", " not in each]
    for number, place in enumerate(places):
        for look in every if EVERYTHING else [every[number % len(every)]]:
            yield place, *look


@pytest.mark.parametrize(("place", "language", "width", "scheme"), list(looks()))
def test_axe_finds_nothing(
    site: Site,
    opened: Callable[..., Page],
    place: str,
    language: str,
    width: int,
    scheme: str,
) -> None:
    page = opened(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    go(page, site, place, language)
    assert what_axe_minds(page, WCAG) == []


def test_no_line_of_running_text_is_long(site: Site, opened: Callable[..., Page]) -> None:
    """66 characters on the whole; a line of narrow letters holds some more."""
    page = opened(viewport={"width": 1280, "height": 800})
    for place in ("home", "recall", "check", "affected", "look again", "not affected", "denied"):
        go(page, site, place)
        lengths = page.evaluate(
            """() => [...document.querySelectorAll('main p, main li, main dd')]
                 .filter((it) => it.checkVisibility() && !it.closest('.away'))
                 .filter((it) => it.getBoundingClientRect().height > 0)
                 .map((it) => {
                   const style = getComputedStyle(it)
                   const lines = Math.round(
                     it.getBoundingClientRect().height / parseFloat(style.lineHeight))
                   return [it.innerText.length / lines, lines] })
                 .filter(([, lines]) => lines > 2).map(([length]) => length)"""
        )
        assert max(lengths, default=0) <= 66, place


# The two made-up languages are longer than any real one here; the real ones come with all pages.
@pytest.mark.parametrize("language", ["en-xa", *(["ar-xb", "en", "es"] if EVERYTHING else [])])
def test_nothing_is_wider_than_a_small_phone(
    site: Site, opened: Callable[..., Page], language: str
) -> None:
    page = opened(viewport={"width": 320, "height": 640})
    for place in PLACES if EVERYTHING else [*PLACES][::8]:
        go(page, site, place, language)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{place} is {width} px wide in {language}"


def test_every_control_can_be_hit_by_a_thumb(site: Site, opened: Callable[..., Page]) -> None:
    """Of a box or a ring its label is what is hit."""
    page = opened()
    for place in PLACES if EVERYTHING else [*PLACES][::6]:
        go(page, site, place)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 'main .button, main input:not([type=hidden]), main select, summary, .cards label,'
                 + ' .top a, .link, .product')]
               .map((it) => it.matches('[type=radio], [type=checkbox]')
                 && it.closest('label') || it)
               .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 43.5)
               .map((it) => it.outerHTML.slice(0, 80))"""
        )
        assert small == [], place


@pytest.mark.parametrize(("what", "path", "limit"), PAGES)
def test_a_first_visit_is_light(
    site: Site, browser: Browser, what: str, path: str, limit: int
) -> None:
    visit = first_visit(browser, site.address + path)
    assert visit.requests >= 2
    assert visit.received <= limit, what


@pytest.mark.parametrize("language", ["es", *(["en"] if EVERYTHING else [])])
@pytest.mark.parametrize("recall", sorted(each.parent.name for each in EXAMPLES.glob("*/*.toml")))
def test_every_notice_is_light_in_every_language(
    site: Site, browser: Browser, recall: str, language: str
) -> None:
    visit = first_visit(browser, f"{site.address}/{language}/recalls/{recall}/")
    assert visit.requests >= 2
    assert visit.received <= NOTICE_LIMIT
