"""The pages on which a recall is written, in a browser: clear to all, at any width and light.

They need no script.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.recall_editor_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
POWER_BANKS = "/desk/recalls/anker-a1642-a1647-a1652/edit/"
KETTLE = "/desk/recalls/kettle-k20/edit/"
PATHS = (
    "/desk/recalls/new/",
    POWER_BANKS,
    f"{POWER_BANKS}products/",
    f"{POWER_BANKS}units/",
    KETTLE,
    f"{KETTLE}danger/",
    f"{KETTLE}file/",
    f"{KETTLE}units/serials/",
    f"{KETTLE}units/serials/1/open/",
    "/desk/recalls/lamp-l3/edit/sale/",
)


@pytest.fixture(scope="module")
def editor(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Made-up recalls: one that holds together, one unfinished, one begun."""
    served = served_by("tests.console.recall_editor_desk", session=SESSION, worker_id=worker_id)
    with served as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_the_editor_is_clear_to_all(
    editor: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        editor.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_a_section_is_written_without_script(editor: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    editor.open(page, "/desk/recalls/lamp-l3/edit/")
    page.get_by_role("link", name="Firm and brands").click()
    page.get_by_label("Website").fill("lamps.example")
    page.get_by_label("Website").press("Enter")
    page.get_by_text("Saved. Not yet complete").wait_for()
    page.get_by_text("It must be an address that begins with https://.").first.wait_for()
    assert page.get_by_label("Website").input_value() == "lamps.example"
    page.get_by_role("button", name="Add: brand").click()
    page.get_by_role("group", name="Brand 1").get_by_label("Colour").fill("#0b5a6b")
    page.get_by_role("button", name="One more: brand").click()
    page.get_by_role("button", name="Remove: Brand 2").click()
    assert page.get_by_role("group", name="Brand 1").get_by_label("Colour").input_value()
