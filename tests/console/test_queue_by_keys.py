"""The queue in a browser: by keys alone, without a script, and for everybody."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import WCAG, what_axe_minds
from tests.console.desk_served import ServedDesk, served_by
from tests.console.queue_desk import SESSION
from tests.portal.browser.conftest import (
    browser,
    chromium,
    opened,
)

pytestmark = pytest.mark.browser
__all__ = ["browser", "chromium", "opened"]  # the same browser for both desks
PAGES = ("/desk/", "/desk/claims/", "/desk/claims/?list=all", "/desk/search/", "/desk/export/")
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def served(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """130 made-up claims."""
    with served_by("tests.console.queue_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.fixture
def at_the_desk(served: ServedDesk, opened: Opens) -> Opens:
    """Opens a page of the desk, signed in."""

    def open_page(path: str, **options: object) -> Page:
        page = opened(**{"viewport": {"width": 1280, "height": 720}} | options)
        return served.open(page, path)

    return open_page


def here(page: Page) -> str:
    """The reference of the row that the keys are at; empty where they are at none."""
    found = page.locator("tr[aria-current] th")
    return found.inner_text() if found.count() else ""


def test_one_moves_by_keys_and_the_row_is_in_sight(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/")
    names = page.locator("[data-rows] tbody th").all_inner_texts()
    assert here(page) == ""
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert here(page) == names[1]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert here(page) == names[0]
    for _ in range(60):
        page.keyboard.press("j")
    assert here(page) == names[-1]
    assert page.locator("tr[aria-current]").evaluate(
        "(row) => row.getBoundingClientRect().bottom <= innerHeight"
    )
    assert page.locator("tr[aria-current]").count() == 1


def test_a_slash_goes_to_the_search_which_finds_by_keys_alone(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/")
    name = page.locator("[data-rows] tbody th").nth(3).inner_text()
    page.keyboard.press("/")
    page.keyboard.type(name.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/")
    assert page.locator("[data-rows] tbody th").all_inner_texts() == [name]
    assert page.url.endswith("/desk/search/")


def test_keys_are_letters_while_somebody_types(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/")
    page.keyboard.press("/")
    page.keyboard.type("jk?n/")
    assert page.locator("#q").input_value() == "jk?n/"
    assert here(page) == ""
    assert page.locator("dialog[open]").count() == 0


def test_a_question_mark_lists_the_keys_and_escape_closes_them(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/")
    page.keyboard.press("?")
    assert "one row down, up" in page.locator("dialog[open]").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.get_by_role("button", name="all keys").click()
    page.get_by_role("button", name="Close").click()
    assert page.locator("dialog[open]").count() == 0


def test_without_a_script_one_filters_turns_and_finds(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/", java_script_enabled=False)
    assert not page.get_by_text("all keys").is_visible()
    first = page.locator("[data-rows] tbody th").all_inner_texts()
    page.get_by_role("link", name="Next").click()
    second = page.locator("[data-rows] tbody th").all_inner_texts()
    assert len(first) == 50
    assert not set(first) & set(second)
    page.get_by_role("link", name="Owner answered").click()
    page.get_by_label("Came by").select_option("page")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "list=answered" in page.url
    assert "channel=page" in page.url
    came_by = page.locator("[data-rows] tbody td:nth-of-type(4)").all_inner_texts()
    assert set(came_by) <= {"page"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(at_the_desk: Opens, path: str, scheme: str) -> None:
    page = at_the_desk(path, color_scheme=scheme, bypass_csp=True)
    assert what_axe_minds(page, WCAG) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(at_the_desk: Opens, path: str, width: int) -> None:
    page = at_the_desk(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_printed_list_holds_its_rows_and_nothing_to_press(at_the_desk: Opens) -> None:
    page = at_the_desk("/desk/claims/")
    page.emulate_media(media="print")
    assert page.locator("[data-rows] tbody tr").first.is_visible()
    for gone in (".tabs", ".find", ".filters", ".views"):
        assert not page.locator(gone).first.is_visible()
