"""Incidents in figures, their files and the draft in a browser: clear to all, on any width."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.cast import SLUG
from tests.console.browser.looks import one_look
from tests.console.desk_served import ServedDesk, served_by
from tests.console.incident_figures_desk import ROWS, SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (390, "light"), (1280, "light"), (1280, "dark"))
PATHS = (
    "/desk/incidents/figures/",
    f"/desk/incidents/figures/reports/?recall={SLUG}",
    f"/desk/incidents/figures/sorrows/?recall={SLUG}",
    "/desk/incidents/files/",
    "/desk/incidents/section-15b/",
)


@pytest.fixture(scope="module")
def incidents(chromium: str, worker_id: str) -> Iterator[ServedDesk]:
    """Four made-up reports."""
    module = "tests.console.incident_figures_desk"
    with served_by(module, session=SESSION, worker_id=worker_id) as desk:
        yield desk


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_incidents_in_figures_are_clear_to_all(
    incidents: ServedDesk, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PATHS:
        incidents.open(page, path)
        assert what_axe_minds(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_a_file_is_brought_in_and_a_version_is_written_by_hand(
    incidents: ServedDesk, opened: Open, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    file.write_text(ROWS.replace("M-", "N-"), encoding="utf-8")
    page = opened(viewport={"width": 1280, "height": 800})
    incidents.open(page, "/desk/incidents/figures/")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("CSV, TSV, text").set_input_files(file)
    page.get_by_role("button", name="Only look").click()
    page.get_by_text("nothing is kept yet").wait_for()
    page.get_by_label("CSV, TSV, text").set_input_files(file)
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Taken in as file 2").wait_for()
    page.get_by_role("link", name="Incidents in figures").click()
    page.get_by_role("button", name="Write it as a draft").click()
    page.get_by_text("is a draft with the figures that are counted").wait_for()
