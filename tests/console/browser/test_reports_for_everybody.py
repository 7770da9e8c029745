"""The pages of reports in a browser: clear to all; each cell traced to its rows; one filed."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.reports_desk import SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (390, "light"), (1280, "light"), (1280, "dark"))
OF_RECALL = "/desk/reports/kettle-k20"
PATHS = (
    "/desk/reports/",
    f"{OF_RECALL}/progress/",
    f"{OF_RECALL}/progress/rows/corrected-total-so-far/",
    f"{OF_RECALL}/progress/rows/auctions-so-far/",
    f"{OF_RECALL}/filed/1/",
    f"{OF_RECALL}/summary/eu/",
    "/desk/",
)


@pytest.fixture(scope="module")
def reports(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Some months of a made-up recall."""
    with served_by("tests.console.reports_desk", session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_reports_are_clear_to_all(reports: ServedDesk, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        reports.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_each_cell_is_traced_to_its_rows_and_the_report_is_filed(
    reports: ServedDesk, opened: Open
) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    reports.open(page, f"{OF_RECALL}/progress/")
    links = page.eval_on_selector_all(
        "a[href*='/rows/']", "all => all.map(one => [one.href, one.childNodes[0].textContent])"
    )
    assert len(links) > 35
    for address, number in links:
        page.goto(address)
        cells = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
        added = sum(int(re.sub("[+,]", "", each)) for each in cells)
        assert added == int(number.replace(",", "")), address
    page.get_by_role("link", name="Back to the report").click()
    page.get_by_label("I have looked through this report").check()
    page.get_by_role("button", name="File it").click()
    page.get_by_text("Nothing: filed now, it would say the same.").wait_for()
    with page.expect_download() as begun:
        page.get_by_role("link", name="PDF").click()
    assert begun.value.path().read_bytes().startswith(b"%PDF")
