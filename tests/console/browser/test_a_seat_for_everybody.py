"""The pages of a seat and of the firm's answers in a browser: clear to all."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.axe import what_axe_minds
from tests.cast import SLUG
from tests.console.browser.looks import one_look
from tests.console.desk_served import Served, ServedDesk, serving
from tests.console.seat_desk import FIRM, SESSION

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
HERE = f"/desk/seat/{SLUG}/"
PATHS = (
    "/desk/seat/",
    HERE,
    f"{HERE}notice/",
    f"{HERE}corrections/",
    f"{HERE}corrections/rows/?figure=corrected&so_far=1",
    f"{HERE}reach/",
    f"{HERE}stock/",
    f"{HERE}log/",
    f"{HERE}questions/",
    f"{HERE}questions/1/",
)
OF_THE_FIRM = ("/desk/seats/", "/desk/seats/questions/1/", "/desk/seats/questions/3/")


@pytest.fixture(scope="module")
def served(chromium: str, worker_id: str) -> Iterator[Served]:
    """A recall with figures, a seat and three questions."""
    with serving("tests.console.seat_desk", worker_id=worker_id) as desk:
        yield desk


def as_(served: Served, name: str) -> ServedDesk:
    return ServedDesk(served.address, (served.home / name).read_text())


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_a_seat_and_its_answers_are_clear_to_all(
    served: Served, opened: Open, look: tuple[int, str]
) -> None:
    width, light = look
    for name, paths in ((SESSION, PATHS), (FIRM, OF_THE_FIRM)):
        # axe is a script of the test's own.
        page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
        for path in paths:
            as_(served, name).open(page, path)
            assert what_axe_minds(page) == [], path
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, path


def test_a_question_goes_to_the_firm_and_its_answer_back(served: Served, opened: Open) -> None:
    asking = opened(viewport={"width": 1280, "height": 800})
    as_(served, SESSION).open(asking, HERE)
    asking.get_by_role("link", name="Ask the firm").click()
    asking.get_by_label("What it is about").fill("Kettles abroad")
    asking.get_by_label("Your question").fill("Were any sold in Canada?")
    asking.get_by_role("button", name="Send the question").click()
    asking.get_by_text("The firm is told.").wait_for()
    answering = opened(viewport={"width": 1280, "height": 800})
    as_(served, FIRM).open(answering, "/desk/")
    answering.get_by_role("link", name="questions of authorities").click()
    answering.get_by_role("link", name="Kettles abroad").click()
    answering.get_by_label("The answer").fill("None.")
    answering.get_by_role("button", name="Send the answer").click()
    answering.get_by_text("the authority is told").wait_for()
    asking.reload()
    asking.get_by_text("None.", exact=True).wait_for()
