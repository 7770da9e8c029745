"""Units that came back to a warehouse are taken off the orders of whatever shop they were bought
in, and off none where it is in doubt which."""

import pytest

from recalldesk.purchasers.models import Purchaser
from recalldesk.purchasers.reads.story import purchaser_story
from recalldesk.purchasers.states import Channel, FileKind
from tests.purchasers.shops import ASIN, MAPPING, NEW_ORDERS, RETURNS, SKU, Shops, Sold, amazon
from tests.purchasers.shops import bought as units_and_back

pytestmark = pytest.mark.django_db
LONG = "111-1234567-7654321"
SHOPIFY = "Name,Email,Created at,Lineitem quantity,Lineitem sku,Shipping Country\n"


def _amazon(shops: Shops, order: str = LONG) -> None:
    row = {"order-id": order, "purchase-date": "2024-06-01", "sku": SKU, "quantity-purchased": "2"}
    row |= {"buyer-name": "Ana Example", "ship-country": "US", "product-name": ASIN}
    shops.take(shops.file(amazon(NEW_ORDERS, row), ".txt"), channel=Channel.AMAZON)


def _shopify(shops: Shops, order: str) -> None:
    row = f"{order},ben@example.org,2024-06-01,2,{SKU},US\n"
    shops.take(shops.file(SHOPIFY + row), channel=Channel.SHOPIFY)


def _returned(shops: Shops, order: str, *, to: str = "A warehouse") -> int:
    taken = shops.take_mapped(
        shops.returned((order, SKU, "1")), RETURNS.replace("Example Shop", to), FileKind.RETURNS
    )
    assert taken.stored is not None
    return taken.stored.back_in_doubt


def _of_another_shop(shops: Shops, order: str) -> int:
    text = MAPPING.format(kind="orders").replace("Example Shop", "Corner Shop")
    taken = shops.take_mapped(shops.own(Sold(order, pieces="2")), text, FileKind.ORDERS)
    assert taken.stored is not None
    return taken.stored.back_in_doubt


@pytest.mark.parametrize("is_before", [True, False])
def test_a_warehouse_takes_back_what_amazon_sold(shops: Shops, is_before: bool) -> None:
    steps = [lambda: _returned(shops, LONG.lower()), lambda: _amazon(shops)]
    for step in steps if is_before else reversed(steps):
        step()
    assert units_and_back() == [(2, 1)]
    story = purchaser_story(shops.recall, Purchaser.objects.get().pk, by=shops.by)
    assert [place.units_back for place in story.bought[0].found_in] == (
        [1, 0] if is_before else [0, 1]
    )


def test_of_an_order_that_two_shops_have_nothing_is_taken_and_it_is_said(shops: Shops) -> None:
    _amazon(shops)
    assert _returned(shops, LONG) == 0
    assert units_and_back() == [(2, 1)]
    assert _of_another_shop(shops, LONG) == 1
    assert units_and_back() == [(2, 0), (2, 0)]
    assert _returned(shops, LONG, to="A second warehouse") == 2


def test_a_return_to_a_shop_that_has_the_order_is_in_no_doubt(shops: Shops) -> None:
    _amazon(shops)
    _of_another_shop(shops, LONG)
    assert _returned(shops, LONG, to="Corner Shop") == 0
    assert units_and_back() == [(2, 0), (2, 1)]


def test_a_short_number_means_the_firms_own_shop_and_no_other(shops: Shops) -> None:
    """The recall names one shop that is no marketplace: the firm's own, which uses Shopify."""
    _shopify(shops, "#1001")
    _of_another_shop(shops, "#1001")
    _amazon(shops, "#1001")
    _returned(shops, "#1001")
    assert units_and_back() == [(2, 0), (2, 0), (2, 0)]
    _returned(shops, "#1001", to="example shop")
    assert units_and_back() == [(2, 1), (2, 0), (2, 0)]


def test_no_more_comes_back_than_was_bought_and_other_products_stay(shops: Shops) -> None:
    _amazon(shops)
    shops.take_mapped(
        shops.returned((LONG, SKU, "5"), (LONG, "OTHER-1", "1"), ("", SKU, "1")),
        RETURNS.replace("Example Shop", "A warehouse"),
        FileKind.RETURNS,
    )
    assert units_and_back() == [(2, 2)]
