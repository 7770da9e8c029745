"""The figures in a browser: clear to all, on any width, in any light, and whole on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.figures_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((1280, "dark"), (390, "light"), (1280, "light"), (1920, "light"))


@pytest.fixture(scope="module")
def figures(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A few hundred made-up decisions."""
    with served_by("tests.console.figures_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_figures_and_rows_are_clear_to_all(
    figures: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in ("/desk/figures/", "/desk/figures/rows/?figure=decided&who=rule"):
        figures.open(page, path)
        for numbers in page.get_by_text("The numbers", exact=True).all():
            numbers.click()
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_pictures_take_the_colours_of_the_light_and_nothing_is_refused(
    figures: ServedDesk, opened: Open
) -> None:
    said: list[str] = []
    fills = {}
    for light in ("light", "dark"):
        page = opened(viewport={"width": 1280, "height": 800}, color_scheme=light)
        page.on("console", lambda message: said.append(message.text))
        figures.open(page, "/desk/figures/")
        bar = page.locator('.chart path[fill="var(--act)"]').first
        fills[light] = bar.evaluate("it => getComputedStyle(it).fill")
    assert fills["light"] != fills["dark"]
    assert said == [], "the policy of the page refuses nothing that it holds"


def test_on_paper_every_table_is_open_and_every_picture_whole(
    figures: ServedDesk, opened: Open
) -> None:
    page = figures.open(opened(viewport={"width": 720, "height": 900}), "/desk/figures/")
    page.emulate_media(media="print")
    for table in page.locator("table").all():
        assert table.is_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll')]"
        ".filter(it => it.scrollWidth > it.clientWidth + 1)"
        ".map(it => it.getAttribute('aria-label'))"
    )
    assert cut == []
