"""An order file comes in by the importers' law: every line is accounted for, and nothing twice."""

import pytest

from recalldesk.purchasers.importing.run import _storable
from recalldesk.purchasers.models import (
    ContactPoint,
    OrderFile,
    OrderReject,
    Purchase,
    Purchaser,
    Sighting,
)
from recalldesk.purchasers.states import Channel, ContactKind, FileKind, Strength
from recalldesk.sealing.fields_of_rows import opened
from tests.purchasers.shops import (
    ALIAS,
    ALL_ORDERS,
    ASIN,
    NEW_ORDERS,
    OTHER_ASIN,
    Shops,
    Sold,
    amazon,
    bought,
    figures,
)

pytestmark = pytest.mark.django_db


def test_each_line_is_counted_and_what_matches_is_kept(shops: Shops) -> None:
    taken = shops.take(
        shops.own(
            Sold("1001"),
            Sold("1002", article="OTHER-1"),
            Sold("1003", customer="Ben Example", mail="ben@example.org", pieces="2"),
            Sold("1003", customer="Ben Example", mail="ben@example.org", pieces="2"),
            more="\n1004,too,few\n",
        )
    )
    assert figures(taken.counts) == (7, 1, 3, 1, 1, 1, 0)
    assert bought() == [(1, 0), (2, 0)]
    file = OrderFile.objects.get()
    assert (file.accepted, file.lines_of_others, file.rejected) == (3, 1, 1)
    assert OrderReject.objects.get().number == 7
    assert {purchase.strength for purchase in Purchase.objects.all()} == {Strength.STRONG}


def test_the_same_file_twice_changes_nothing(shops: Shops) -> None:
    path = shops.own(Sold("1001"), Sold("1002"))
    first = shops.take(path)
    again = shops.take(path)
    assert (again.is_known, again.number) == (True, first.number)
    assert figures(again.counts) == figures(first.counts)
    assert (OrderFile.objects.count(), Purchase.objects.count()) == (1, 2)


def test_a_look_keeps_nothing_and_shows_what_was_understood(shops: Shops) -> None:
    taken = shops.take(shops.own(Sold("1001", day="2024-06-01")), only_look=True)
    assert figures(taken.counts) == (2, 1, 1, 0, 0, 0, 0)
    assert [line.order for line in taken.first] == ["1001"]
    assert not OrderFile.objects.exists()
    assert not Purchaser.objects.exists()


def test_overlapping_exports_count_once_with_the_most_that_any_says(shops: Shops) -> None:
    shops.took(Sold("1001", pieces="1"), Sold("1002", pieces="3"))
    shops.took(Sold("1001", pieces="2"), Sold("1003"), Sold("1002", pieces="1"))
    assert sorted(bought()) == [(1, 0), (2, 0), (3, 0)]
    assert Sighting.objects.count() == 5
    assert Purchaser.objects.count() == 1


def test_units_that_came_back_are_taken_off_whichever_file_comes_first(shops: Shops) -> None:
    shops.take(shops.returned(("1001", "TW-K20", "1")), kind=FileKind.RETURNS)
    assert not Purchase.objects.exists()
    shops.took(Sold("1001", pieces="2"), Sold("1002", pieces="1"))
    shops.take(shops.returned(("1002", "TW-K20", "1")), kind=FileKind.RETURNS)
    assert sorted(bought()) == [(1, 1), (2, 1)]
    assert Purchaser.objects.count() == 1


def test_two_reports_of_amazon_tell_of_one_order(shops: Shops) -> None:
    """All orders names no buyer; New orders does, by an alias and an address."""
    day = "2024-06-01T10:00:00+00:00"
    every = {"amazon-order-id": "111-1", "purchase-date": day, "quantity": "2", "asin": ASIN}
    every |= {"order-status": "Shipped", "ship-country": "US", "item-status": "Shipped"}
    every |= {"sku": "ANY-1", "sales-channel": "Amazon.com"}
    other = every | {"amazon-order-id": "111-2", "asin": OTHER_ASIN, "sku": "ANY-2"}
    shops.take(shops.file(amazon(ALL_ORDERS, every, other), ".txt"), channel=Channel.AMAZON)
    (purchase,) = Purchase.objects.all()
    assert purchase.purchaser is None
    new = {"order-id": "111-1", "order-item-id": "7", "purchase-date": day, "sku": "TW-K20"}
    new |= {"quantity-purchased": "2", "buyer-email": ALIAS, "buyer-name": "Ana Example"}
    new |= {"recipient-name": "Ana Example", "ship-address-1": "12 Example Street"}
    new |= {"ship-city": "Springfield", "ship-state": "IL", "ship-postal-code": "62704"}
    new |= {"ship-country": "US", "product-name": "Tidewater Kettle"}
    shops.take(shops.file(amazon(NEW_ORDERS, new), ".txt"), channel=Channel.AMAZON)
    (purchase,) = Purchase.objects.select_related("purchaser").all()
    assert purchase.purchaser is not None
    assert (purchase.units, purchase.strength) == (2, Strength.STRONG)
    kinds = set(ContactPoint.objects.values_list("kind", flat=True))
    assert kinds == {ContactKind.ALIAS, ContactKind.ADDRESS}
    assert opened(purchase.purchaser, "sealed_name") == "Ana Example"


def test_what_a_shop_writes_oddly_breaks_nothing(shops: Shops) -> None:
    """A heading, a name and a number as no shop should write them."""
    text = shops.own(Sold("1001", customer="A\N{ZERO WIDTH SPACE}na", pieces="9" * 12)).read_text()
    path = shops.file(
        text.replace("Country\n", "Country,Odd \N{PILE OF POO}\x07\n").replace("US\n", "US,x\n")
    )
    counts = shops.take(path).counts
    assert counts.accepted + counts.rejected == 1


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"a\0b": ["x\0", 1, None, True]}, {"a\ufffdb": ["x\ufffd", 1, None, True]}),
        ({"lone": "\ud800"}, {"lone": "?"}),
    ],
)
def test_what_is_said_of_the_reading_can_be_stored(said: object, stored: object) -> None:
    assert _storable(said) == stored
