"""The pages of purchasers in a browser: clear to all, on any width, in any light; and a recall
manager's way from four shops' files to figures by channel."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recalldesk.demo.orders.writing import write_order_files
from tests.axe import what_axe_minds
from tests.cast import SLUG
from tests.console.browser.looks import one_look
from tests.console.desk_served import Served, ServedDesk, serving
from tests.console.purchasers_desk import SESSION
from tests.portal.browser.conftest import ROOT

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
PEOPLE = 60
PAGES = (
    "/desk/purchasers/",
    "/desk/purchasers/files/",
    "/desk/purchasers/files/new/",
    "/desk/purchasers/files/1/",
    "/desk/purchasers/questions/",
    "/desk/purchasers/questions/1/",
    "/desk/purchasers/1/",
    "/desk/purchasers/1/full/",
    "/desk/purchasers/search/",
    "/desk/purchasers/figures/",
    "/desk/purchasers/figures/purchasers/",
)
JOIN = """
import django
django.setup()
from recalldesk.purchasers.people.keeping import keep_people_current
from recalldesk.recalls.models import Recall
keep_people_current(Recall.objects.get(slug="{slug}"))
"""


@dataclass(frozen=True)
class Desk:
    """A desk with a recall manager's session."""

    served: Served
    desk: ServedDesk

    def join_people(self) -> None:
        """What the worker does after each file."""
        environment = self.served.environment | {
            "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings"
        }
        program = JOIN.format(slug=SLUG)
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True)


@pytest.fixture(scope="module")
def manager(chromium: str, worker_id: str) -> Iterator[Desk]:
    with serving("tests.console.purchasers_desk", worker_id=worker_id) as served:
        yield Desk(served, ServedDesk(served.address, (served.home / SESSION).read_text()))


def clear(page: Page) -> None:
    """Nothing that axe finds, and nothing beside the page."""
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_purchasers_are_clear_to_all(manager: Desk, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for path in PAGES:
        manager.desk.open(page, path)
        assert page.locator("main h1").count() == 1, path
        for more in page.locator("summary:visible").all():
            more.click()
        clear(page)
    manager.desk.open(page, "/desk/purchasers/1/full/")
    page.get_by_label("Why you look").fill("To write or call")
    page.get_by_role("button", name="Show it in full").click()
    page.get_by_text("ana@home.example").wait_for()
    clear(page)


def test_the_groups_of_the_bar_open_by_keys_and_one_at_a_time(manager: Desk, opened: Open) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    manager.desk.open(page, "/desk/purchasers/files/")
    bar = page.get_by_role("navigation", name="Desk")
    height = bar.evaluate("bar => bar.getBoundingClientRect().height")
    assert height < 60, "the bar stands in one row"
    expect(bar.get_by_role("link", name="Order files")).to_be_visible()
    bar.locator("summary", has_text="Remedies").focus()
    page.keyboard.press("Enter")
    expect(bar.get_by_role("link", name="Order files")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/remedies/")


def choose(page: Page, shop: str, file: Path) -> None:
    """Fills in the form."""
    page.get_by_label("Shop", exact=True).select_option(label=shop)
    page.get_by_label("The file, up to").set_input_files(file)


def test_a_recall_manager_goes_from_four_files_to_figures_by_channel(
    manager: Desk, opened: Open, tmp_path: Path
) -> None:
    write_order_files(tmp_path, people=PEOPLE)
    shopify = tmp_path / "shopify-orders.csv"
    shopify.write_bytes(shopify.read_bytes() + b'"#MADE-UP","mia"x"@example.com","paid"\n')
    page = opened(viewport={"width": 1280, "height": 900})
    manager.desk.open(page, "/desk/purchasers/files/")
    page.keyboard.press("n")
    page.get_by_role("heading", name="Bring in an order file").wait_for()

    choose(page, "eBay", tmp_path / "amazon-new-orders.txt")
    page.get_by_role("button", name="Look first").click()
    page.get_by_role("alert").wait_for()
    choose(page, "Amazon", tmp_path / "amazon-new-orders.txt")
    page.get_by_role("button", name="Look first").click()
    page.get_by_text("would match,").wait_for()
    assert page.get_by_text("The file is still chosen below").is_visible()
    assert page.get_by_text("Choose the same file once more").is_hidden()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Taken in as file").wait_for()
    for shop, name in (
        ("eBay", "ebay-orders.csv"),
        ("Newegg", "newegg-orders-2.csv"),
        ("Shopify", "shopify-orders.csv"),
    ):
        manager.desk.open(page, "/desk/purchasers/files/new/")
        choose(page, shop, tmp_path / name)
        page.get_by_role("button", name="Take it in").click()
        page.get_by_text("Taken in as file").wait_for()

    rejected = page.get_by_role("table", name="Rejected lines")
    assert '"#xxxx-xx","xxx"x"@xxxxxxx.xxx","xxxx"' in rejected.inner_text().lower()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rejects").click()
    assert 'mia"x"@example.com' in Path(download.value.path()).read_text("utf-8-sig")

    manager.join_people()
    page.get_by_role("link", name="One person?").click()
    before = page.locator("[data-rows] tbody tr").count()
    page.keyboard.press("n")
    page.get_by_role("heading", name="One person or two?").wait_for()
    page.keyboard.press("t")
    page.get_by_text("is settled: two persons").wait_for()
    page.get_by_role("link", name="One person?").click()
    assert page.locator("[data-rows] tbody tr").count() == before - 1

    page.get_by_role("link", name="By channel").click()
    heads = page.locator("thead th").all_inner_texts()
    assert heads == ["Figure", "Amazon", "eBay", "Newegg", "Shopify", "All channels"]
    page.get_by_role("link", name="rows of Units, strong, shopify").click()
    page.get_by_role("heading", name="Units, strong:").wait_for()
    assert page.locator("[data-rows] tbody tr").count() > 1
