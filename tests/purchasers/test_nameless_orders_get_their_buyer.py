"""A purchase that names nobody gets its buyer from another file of the shop, by the order's number:
never a wrong one as if it were sure."""

import pytest

from recalldesk.purchasers.importing.anew import match_files_anew
from recalldesk.purchasers.importing.staging import Stored
from recalldesk.purchasers.models import Person, Purchase, Purchaser, Sighting
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.states import Channel, FileKind, NamedBy, Strength
from recalldesk.sealing.fields_of_rows import opened
from tests.purchasers.shops import ALL_ORDERS, ASIN, NEW_ORDERS, Shops, amazon

pytestmark = pytest.mark.django_db

NUMBER = "111-0000001-0000001"
EVERY = {
    "amazon-order-id": NUMBER,
    "purchase-date": "2024-06-01T10:00:00+00:00",
    "quantity": "2",
    "asin": ASIN,
    "order-status": "Shipped",
    "item-status": "Shipped",
    "ship-country": "US",
    "sku": "ANY-1",
}
NEW = {
    "order-id": NUMBER,
    "purchase-date": "2024-06-01T10:00:00+00:00",
    "sku": "ANY-1",
    "product-name": "Something that boils",
    "quantity-purchased": "2",
    "buyer-email": "ana@example.org",
    "buyer-name": "Ana Example",
    "ship-country": "US",
}
BEN = {"buyer-name": "Ben Example", "buyer-email": "ben@example.org"}
PARCELS = """
channel = "Amazon"
[columns]
order = "Order"
title = "What"
units = "Pieces"
name = "Consignee"
"""


def take(shops: Shops, heads: tuple[str, ...], *rows: dict[str, str]) -> Stored:
    taken = shops.take(shops.file(amazon(heads, *rows), ".txt"), channel=Channel.AMAZON)
    assert taken.stored is not None
    return taken.stored


def name_of(purchase: Purchase) -> str:
    return opened(purchase.purchaser, "sealed_name") if purchase.purchaser else ""


def only() -> Purchase:
    return Purchase.objects.select_related("purchaser").get()


def test_the_same_order_and_sku_name_the_buyer_for_sure(shops: Shops) -> None:
    """All orders knows ASIN and SKU, New orders the SKU; the recall knows the ASIN alone."""
    take(shops, ALL_ORDERS, EVERY)
    stored = take(shops, NEW_ORDERS, NEW, NEW | {"order-id": "111-0000002-0000002"} | BEN)
    assert stored.named_by_order == 1
    purchase = only()
    assert name_of(purchase) == "Ana Example"
    assert (purchase.strength, purchase.reasons) == (Strength.STRONG, ["identifier"])
    assert (purchase.units, purchase.is_buyer_by_order) == (2, False)
    assert Sighting.objects.get(named_by=NamedBy.SKU).units == 0
    assert (Purchaser.objects.count(), Person.objects.count()) == (1, 1)


def test_whichever_file_comes_first(shops: Shops) -> None:
    take(shops, NEW_ORDERS, NEW)
    assert not Purchaser.objects.exists()
    take(shops, ALL_ORDERS, EVERY)
    assert name_of(only()) == ""
    match_files_anew(shops.recall, only_naming=True)
    assert name_of(only()) == "Ana Example"
    again = match_files_anew(shops.recall)
    assert (again.added, again.uncovered) == (0, 0)
    assert (name_of(only()), only().strength) == ("Ana Example", Strength.STRONG)


def test_the_number_alone_names_a_buyer_in_doubt(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    parcels = f"Order,What,Pieces,Consignee\n{NUMBER},a kettle,1,Ana Example\n"
    shops.take_mapped(shops.file(parcels), PARCELS, FileKind.ORDERS)
    purchase = only()
    assert (name_of(purchase), purchase.is_buyer_by_order) == ("Ana Example", True)
    assert (purchase.strength, purchase.reasons) == (Strength.WEAK, ["identifier", "same_order"])
    figures = figures_by_channel(shops.recall, by=shops.by).whole
    assert (figures.nameless, figures.units_weak, figures.units_strong) == (0, 2, 0)
    match_files_anew(shops.recall)
    assert (only().strength, only().reasons) == (Strength.WEAK, ["identifier", "same_order"])


def test_a_line_of_the_product_goes_before_one_of_the_order(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    parcels = f"Order,What,Pieces,Consignee\n{NUMBER},a kettle,1,Gift Example\n"
    shops.take_mapped(shops.file(parcels), PARCELS, FileKind.ORDERS)
    assert name_of(only()) == "Gift Example"
    take(shops, NEW_ORDERS, NEW | {"sku": "TW-K20"})
    purchase = only()
    assert (name_of(purchase), purchase.is_buyer_by_order) == ("Ana Example", False)
    assert (purchase.strength, purchase.reasons) == (Strength.STRONG, ["identifier"])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([NEW | {"sku": "OTHER-9"}], id="another SKU"),
        pytest.param([NEW | {"quantity-purchased": "3"}], id="more units"),
        pytest.param([NEW | {"order-id": "111-0000001-0000002"}], id="another order"),
        pytest.param([NEW, NEW | BEN | {"sku": "LAMP-1"}], id="two buyers of one order"),
        pytest.param([NEW | {"buyer-name": "", "buyer-email": ""}], id="nobody named"),
    ],
)
def test_what_contradicts_or_is_not_clear_names_nobody(
    shops: Shops, rows: list[dict[str, str]]
) -> None:
    take(shops, ALL_ORDERS, EVERY)
    stored = take(shops, NEW_ORDERS, *rows)
    assert (name_of(only()), stored.named_by_order) == ("", 0)
    assert not Purchaser.objects.exists()
    assert not Person.objects.exists()


def test_several_lines_of_one_buyer_are_clear(shops: Shops) -> None:
    lamp = NEW | {"sku": "LAMP-1", "quantity-purchased": "1"}
    take(shops, ALL_ORDERS, EVERY, EVERY | {"sku": "LAMP-1", "asin": "B0MADEUP99"})
    take(shops, NEW_ORDERS, lamp, NEW)
    assert (name_of(only()), only().strength) == ("Ana Example", Strength.STRONG)


def test_another_shop_with_that_number_names_nobody(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    parcels = f"Order,What,Pieces,Consignee\n{NUMBER},a kettle,1,Ana Example\n"
    mapping = PARCELS.replace("Amazon", "Corner shop")
    shops.take_mapped(shops.file(parcels), mapping, FileKind.ORDERS)
    assert name_of(only()) == ""


def test_a_short_number_is_of_any_shop(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY | {"amazon-order-id": "#1001"})
    take(shops, NEW_ORDERS, NEW | {"order-id": "#1001"})
    assert name_of(only()) == ""


def test_a_look_says_how_many_would_get_their_buyer_and_keeps_nothing(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    path = shops.file(amazon(NEW_ORDERS, NEW), ".txt")
    looked = shops.take(path, channel=Channel.AMAZON, only_look=True)
    assert looked.stored is not None
    assert looked.stored.named_by_order == 1
    assert not Purchaser.objects.exists()
