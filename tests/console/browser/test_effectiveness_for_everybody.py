"""The report of effectiveness in a browser: clear to all, on any width, in any light, on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.effectiveness_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PAGE = "/desk/effectiveness/kettle-k20/"
LOOKS = one_look((1280, "light"), (390, "light"), (1280, "dark"), (390, "dark"))


@pytest.fixture(scope="module")
def report(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Sixteen made-up weeks."""
    with served_by(
        "tests.console.effectiveness_desk", session=SESSION, worker_id=worker_id
    ) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_the_report_and_its_rows_are_clear_to_all(
    report: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in (PAGE, f"{PAGE}rows/?rows=corrected&level=consumer&way=email"):
        report.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_a_number_leads_to_its_rows_and_every_picture_has_its_table(
    report: ServedDesk, opened: Open
) -> None:
    page = report.open(opened(viewport={"width": 1280, "height": 800}), PAGE)
    assert page.locator(".chart").count() == page.locator("section:has(table) .chart").count() == 8
    number = page.locator("section:has(#h-ways) a", has_text="rows of E-mail, Corrected").first
    units = int("".join(filter(str.isdigit, number.inner_text().split(",")[0])))
    number.click()
    assert page.locator("h1").inner_text().startswith(f"Rows {units} row")
