"""The page of files in a browser: clear to all, on any width, in any light."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.files_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((1280, "dark"), (390, "light"), (1280, "light"))


@pytest.fixture(scope="module")
def files(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A few made-up files."""
    with served_by("tests.console.files_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_files_are_clear_to_all(files: ServedDesk, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    files.open(page, "/desk/files/")
    for more in page.locator("main summary").all():
        more.click()
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.get_by_role("button", name="Freeze file").count() >= 2
    page.get_by_role("link", name="Who was sent a unit").click()
    page.get_by_label("Batches, one a line").fill("L7")
    page.get_by_role("button", name="Look").click()
    page.get_by_text("nobody said what they held:").wait_for()
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_file_is_frozen_and_taken_by_two_buttons(files: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    files.open(page, "/desk/files/")
    page.get_by_role("button", name="Freeze file").first.click()
    page.get_by_text("is frozen and can be taken").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take file").first.click()
    assert "-RD" in taken.value.suggested_filename
