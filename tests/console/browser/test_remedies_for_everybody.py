"""The pages of remedies in a browser: clear to all, on any width, in any light."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, serving
from tests.console.remedies_desk import CLAIM, SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (390, "light"), (1280, "light"), (1280, "dark"))


@dataclass(frozen=True)
class Remedies:
    """The desk, and its pages: one that bounced, one that its provider does not know."""

    desk: ServedDesk
    pages: tuple[str, ...]


@pytest.fixture(scope="module")
def remedies(chromium: str, worker_id: str) -> Iterator[Remedies]:
    with serving("tests.console.remedies_desk", worker_id=worker_id) as served:
        desk = ServedDesk(served.address, (served.home / SESSION).read_text())
        claim = (served.home / CLAIM).read_text()
        pages = (
            "/desk/remedies/",
            "/desk/remedies/reconciling/",
            "/desk/remedies/reconciling/?kind=missing",
            f"/desk/claims/{claim}/1/email/",
        )
        yield Remedies(desk, pages)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_remedies_are_clear_to_all(remedies: Remedies, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in remedies.pages:
        remedies.desk.open(page, path)
        assert page.locator("main h1").count() == 1, path
        for more in page.locator("main summary").all():
            more.click()
        assert what_axe_minds(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_finding_is_settled_and_a_run_asked_for_by_buttons(
    remedies: Remedies, opened: Open
) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    remedies.desk.open(page, "/desk/remedies/reconciling/")
    form = page.get_by_role("row").filter(has_text="by-hand-7")
    form.get_by_label("What you found, for the log").fill("Max did this one by hand.")
    form.get_by_role("button", name="Settle finding").click()
    page.get_by_text("is settled.").wait_for()
    assert page.get_by_role("cell", name="Max did this one by hand.").is_visible()
    page.get_by_role("button", name="Compare now").click()
    page.get_by_text("A run is asked for").wait_for()
