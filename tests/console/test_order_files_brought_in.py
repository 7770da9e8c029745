"""Order files brought in at the desk: looked at, taken in, and refused with what is wrong."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.states import FileKind
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.purchasers.shops import NEW_ORDERS, Shops, Sold

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE, NEW = "/desk/purchasers/", "/desk/purchasers/files/new/"


@pytest.fixture
def manager(client: Client) -> Client:
    """A recall manager, signed in."""
    return sign_in(client, staff(Role.RECALL_MANAGER))


@pytest.fixture
def shops(tmp_path: Path) -> Shops:
    return Shops(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR), tmp_path)


def sent(
    client: Client, file: Path | None, do: str, *, mapping: Path | None = None, **more: str
) -> HttpResponse:
    """The form, sent."""
    values: dict[str, object] = {"recall": SLUG, "channel": "generic", "kind": "orders", "do": do}
    for name, path in (("file", file), ("mapping", mapping)):
        if path:
            values[name] = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(NEW, values | more)


def test_a_look_shows_the_first_rows_and_keeps_nothing(manager: Client, shops: Shops) -> None:
    file = shops.own(Sold(), Sold(order="1002", article="OTHER-1"), more="1003,broken\n")
    page = main_of(sent(manager, file, "look", mapping=shops.mapping()))
    assert "nothing is kept yet" in page
    assert "<b>4</b> lines = <b>2</b> accepted + <b>1</b> rejected" in page
    assert "1 line would match, 1 product of an order: 1 unit strong, 0 weak; 1 purchaser" in page
    assert "<dt>SKU</dt><dd>“article”</dd>" in page
    assert "OTHER-1" in page, "rows of whatever product are shown"
    assert "does not have as many columns as the heading" in page
    assert ("Ana Example" in page, "ana@example.org" in page, "A. E." in page) == (
        False,
        False,
        True,
    )
    assert not OrderFile.objects.exists()
    assert "connect-src 'self'" in sent(manager, file, "look")["Content-Security-Policy"]


def test_a_file_is_taken_in_once_and_leads_to_its_page(manager: Client, shops: Shops) -> None:
    file, mapping = shops.own(Sold()), shops.mapping()
    first = sent(manager, file, "take", mapping=mapping)
    number = OrderFile.objects.get().pk
    assert (first.status_code, first["Location"]) == (303, f"{PAGE}files/{number}/")
    again = sent(manager, file, "take", mapping=mapping)
    assert again["Location"] == f"{PAGE}files/{number}/"
    assert "nothing changed" in main_of(manager.get(again["Location"]))
    assert "nothing would change" in main_of(sent(manager, file, "look", mapping=mapping))
    assert (OrderFile.objects.count(), Purchase.objects.count()) == (1, 1)


def test_what_is_missing_is_said_before_a_file_is_read(manager: Client, shops: Shops) -> None:
    file, mapping = shops.own(Sold()), shops.mapping()
    for answer, words in (
        (sent(manager, None, "take"), "Choose the file first."),
        (sent(manager, file, "take"), "needs a mapping file: choose it, too."),
        (sent(manager, file, "take", mapping=mapping, channel="ebay"), "needs no mapping file"),
        (sent(manager, file, "take", channel="none"), "Choose the recall, the shop"),
        (sent(manager, file, "take", recall="none"), "Choose the recall, the shop"),
    ):
        assert (answer.status_code, words in main_of(answer)) == (422, True), words
    assert not OrderFile.objects.exists()


def test_a_wrong_shop_and_a_missing_column_are_said_by_name(manager: Client, shops: Shops) -> None:
    heads = "\t".join(each for each in NEW_ORDERS if each != "order-id")
    lacking = shops.file(f"{heads}\n", ".txt")
    answer = sent(manager, lacking, "look", channel="amazon")
    assert (answer.status_code, "order-id" in main_of(answer)) == (422, True)
    wrong = sent(manager, shops.file("\t".join(NEW_ORDERS) + "\n", ".txt"), "look", channel="ebay")
    assert (wrong.status_code, 'role="alert"' in main_of(wrong)) == (422, True)
    assert "eBay file stands in the first 25 lines" in main_of(wrong)
    assert "Choose the shop that the file came from." in main_of(wrong)
    odd = shops.file("[columns]\norder = 3\n", ".toml")
    answer = sent(manager, shops.own(Sold()), "look", mapping=odd)
    assert (answer.status_code, "columns.order names no heading" in main_of(answer)) == (422, True)


def test_a_hint_names_what_stands_on_the_page(manager: Client, shops: Shops) -> None:
    file, mapping = shops.own(Sold()), shops.mapping()
    page = main_of(sent(manager, file, "look", mapping=mapping, kind="registrations"))
    assert "Choose “orders” as what its lines are" in page
    assert "--kind" not in page
    picture = shops.file("", ".png")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    page = main_of(sent(manager, file, "look", mapping=picture))
    assert ("is no text: it cannot be a mapping file" in page, "codec" in page) == (True, False)


def test_a_larger_file_is_led_to_the_command(manager: Client, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (MOST_BYTES + 1))
    answer = sent(manager, large, "look", channel="amazon")
    assert (answer.status_code, "bring it in by the command" in main_of(answer)) == (422, True)
    assert f"recalldesk purchasers import {SLUG} FILE" in main_of(answer)


def test_whoever_may_not_bring_files_in_sends_nothing(client: Client, shops: Shops) -> None:
    sign_in(client, staff(Role.SENIOR_REVIEWER))
    assert sent(client, shops.own(Sold()), "take", mapping=shops.mapping()).status_code == 403
    assert not OrderFile.objects.exists()


def test_units_back_are_seen_and_much_of_them_needs_a_tick(manager: Client, shops: Shops) -> None:
    orders = [str(number) for number in range(1001, 1021)]
    shops.took(*(Sold(order) for order in orders))
    file = shops.returned(*((order, "TW-K20", "1") for order in orders))
    asked = {"mapping": shops.mapping(FileKind.RETURNS), "kind": "returns"}
    look = main_of(sent(manager, file, "look", **asked))  # type: ignore[arg-type]
    assert "20 lines take 20 units back: by this file 20 of all 20 units" in look
    assert "These units did come back" in look
    refused = sent(manager, file, "take", **asked)  # type: ignore[arg-type]
    assert (refused.status_code, OrderFile.objects.count()) == (422, 1)
    assert 'name="meant"' in main_of(refused)
    assert sent(manager, file, "take", meant="yes", **asked).status_code == 303  # type: ignore[arg-type]
