"""The pages of recalls in a browser: clear to all, on any width, in any light, with no script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.cast import AFFECTED
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.recalls_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((1280, "dark"), (390, "light"), (390, "dark"), (1280, "light"))
PATHS = (
    "/desk/",
    "/desk/recalls/",
    "/desk/recalls/kettle-k20/",
    "/desk/recalls/kettle-k20/versions/1/",
    "/desk/recalls/kettle-k20/versions/2/",
    "/desk/recalls/kettle-k20/versions/2/texts/en/",
    "/desk/recalls/kettle-k30/versions/1/",
    "/desk/elsewhere/?model=K20",
)


@pytest.fixture(scope="module")
def recalls(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """A recall whose second version waits for approval."""
    with served_by("tests.console.recalls_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


def is_clear(page: Page, what: str) -> None:
    assert what_axe_minds(page) == [], what
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, what


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_recalls_and_a_preview_are_clear_to_all(
    recalls: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        recalls.open(page, path)
        is_clear(page, path)
    page.goto(f"{recalls.address}/en/recalls/kettle-k20/check")
    page.locator("input[name=serial]").fill(AFFECTED)
    page.get_by_role("button", name="Check this serial").click()
    page.get_by_role("heading", name="This model number may also be in another recall").wait_for()
    is_clear(page, "an owner's answer with another recall beside it")
    recalls.open(page, "/desk/recalls/kettle-k20/versions/2/")
    page.get_by_role("button", name="A link to hand on").click()
    is_clear(page, "the link")
    for language in ("en", "es"):
        recalls.open(page, "/desk/recalls/kettle-k20/versions/2/")
        page.get_by_role("button", name=f"Owners' page, {language}").click()
        page.get_by_role("note").wait_for()
        is_clear(page, f"the preview in {language}")


def test_a_version_is_sent_back_by_hand_without_a_script(recalls: ServedDesk, opened: Open) -> None:
    page = opened(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    recalls.open(page, "/desk/")
    page.get_by_role("link", name="kettle-k20 version 2").click()
    page.get_by_role("link", name="Approve or send back").click()
    page.get_by_label("Or send it back").fill("Made up: the price is missing.")
    page.get_by_role("button", name="Send it back").click()
    page.get_by_text("It is sent back. Whoever sent it gets a mail.").wait_for()
    page.get_by_text("Made up: the price is missing.").wait_for()
