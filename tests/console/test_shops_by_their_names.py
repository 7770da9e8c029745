"""Another shop stands under the name that its mapping file gives; long lists come in pages."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.purchasers.models import OrderFile, OrderReject, Purchase
from recalldesk.purchasers.reads import files as read_files
from recalldesk.purchasers.states import FileKind
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.console.purchasers_rows import made_rows
from tests.purchasers.shops import MAPPING, Shops, Sold

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE = "/desk/purchasers/"
CORNER = MAPPING.format(kind="orders").replace("Example Shop", "Corner & Co")
UNNAMED = MAPPING.format(kind="orders").replace('channel = "Example Shop"', "")


@pytest.fixture
def manager(client: Client) -> Client:
    """A recall manager, signed in."""
    return sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))


@pytest.fixture
def shops(tmp_path: Path) -> Shops:
    """Files of three shops came in; one of them has no name."""
    shops = Shops(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR), tmp_path)
    shops.took(Sold("1001", pieces="2"))
    shops.take_mapped(shops.own(Sold("2001"), Sold("2002")), CORNER, FileKind.ORDERS)
    shops.take_mapped(shops.own(Sold("3001")), UNNAMED, FileKind.ORDERS)
    return shops


def text_in(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def test_lists_and_stories_name_the_shop(manager: Client, shops: Shops) -> None:
    buyer = Purchase.objects.filter(purchaser__isnull=False)[0].purchaser_id
    for path in (f"{PAGE}files/", PAGE, f"{PAGE}{buyer}/"):
        page = text_in(manager.get(path))
        assert "Corner &amp; Co (another shop)" in page, path
        assert "Example Shop (another shop)" in page, path


def test_each_figure_of_a_shop_opens_its_rows(manager: Client, shops: Shops) -> None:
    page = main_of(manager.get(f"{PAGE}figures/"))
    table = page.partition("Another shop, by its name")[2]
    found = re.findall(r'href="([^"]+)">([\d,]+)<span class="away">, rows of', table)
    assert len(found) > 12
    for url, number in found:
        answer = text_in(manager.get(url.replace("&amp;", "&")))
        assert f": {number} in " in answer, url
        assert "in 0 rows" not in answer, url
    whole = sum(int(number) for url, number in found if "/units_" in url)
    assert whole == sum(Purchase.objects.values_list("units", flat=True))


def test_a_shop_that_is_of_no_channel_is_refused(manager: Client, shops: Shops) -> None:
    asked = f"{PAGE}figures/files/?recall={SLUG}&shop=Corner"
    assert manager.get(asked).status_code == 404
    assert manager.get(f"{asked}&channel=amazon").status_code == 404
    assert "There is no row." in text_in(manager.get(f"{asked}&channel=generic"))


def test_without_a_named_shop_there_is_no_table_of_them(manager: Client) -> None:
    made_rows(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR))
    assert "Another shop, by its name" not in text_in(manager.get(f"{PAGE}figures/"))


def test_files_and_rejected_lines_come_page_by_page(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made_rows(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR))
    monkeypatch.setattr(read_files.files_listed, "__kwdefaults__", {"after": 0, "size": 3})
    met = read_through(manager, f"{PAGE}files/", r'<a href="/desk/purchasers/files/(\d+)/"')
    assert met == [str(each) for each in OrderFile.objects.order_by("-pk").values_list(flat=True)]

    monkeypatch.setattr("recalldesk.purchasers.reads.files.REJECTS_SHOWN", 2)
    monkeypatch.setattr("recalldesk.purchasers.looking.REJECTS_SHOWN", 2)
    path = f"{PAGE}files/{rows.files[0].pk}/"
    lines = read_through(manager, path, r"Line </span>(\d+)<")
    rejects = OrderReject.objects.filter(file=rows.files[0]).order_by("number")
    assert lines == [str(each) for each in rejects.values_list("number", flat=True)]
    page = main_of(manager.post(f"{path}full/", {"reason": "To mend", "after": lines[1]}))
    assert re.findall(r"Line </span>(\d+)<", page) == lines[2:], "the page that was looked at"
    assert "zoe@home.example" in page


def read_through(client: Client, url: str, what: str) -> list[str]:
    """What stands on one page after the other."""
    met: list[str] = []
    while url:
        page = main_of(client.get(url))
        met += re.findall(what, page)
        further = re.search(r'rel="next" href="([^"#]+)', page)
        url = further[1].replace("&amp;", "&") if further else ""
    return met
