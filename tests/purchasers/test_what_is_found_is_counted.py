"""Figures by channel, lists, and the search by what a person says of themselves."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.purchasers.reads.figures import figures_by_channel, share_in_words
from recalldesk.purchasers.reads.purchases import (
    PurchaseFilters,
    filters_in,
    purchasers_found,
    purchases_listed,
    query_of,
)
from recalldesk.purchasers.states import Channel, Strength
from tests.cast import Desk
from tests.purchasers.shops import ALL_ORDERS, ASIN, Shops, Sold, amazon

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(shops: Shops) -> Shops:
    """Three of the made-up shop, one of them in doubt, and one of Amazon's without a buyer."""
    nowhere = ("", "", "", "", "US")
    shops.took(
        Sold("1001", pieces="2"),
        Sold("1002", customer="Ben Sample", mail="ben@example.org", phone="", place=nowhere),
        Sold("1003", customer="Cyd Sample", mail="", phone="", place=nowhere, day="2024-01-20"),
    )
    order = {"amazon-order-id": "111-1", "purchase-date": "2024-06-01T10:00:00+00:00"}
    order |= {"quantity": "1", "asin": ASIN, "sku": "ANY-1", "order-status": "Shipped"}
    order |= {"item-status": "Shipped", "ship-country": "US", "sales-channel": "Amazon.com"}
    shops.take(shops.file(amazon(ALL_ORDERS, order), ".txt"), channel=Channel.AMAZON)
    return shops


def test_figures_by_channel_say_how_many_can_be_reached(sold: Shops, desk: Desk) -> None:
    found = figures_by_channel(sold.recall, by=desk.cast.viewer)
    own, amazon_ = found.channels[Channel.GENERIC], found.channels[Channel.AMAZON]
    assert (own.files, own.purchases, own.units_strong, own.units_weak) == (1, 3, 3, 1)
    assert (own.purchasers, own.with_email, own.with_phone, own.with_address) == (3, 2, 1, 1)
    assert (own.alias_only, own.no_contact, own.nameless) == (0, 1, 0)
    assert (amazon_.purchases, amazon_.nameless, amazon_.purchasers) == (1, 1, 0)
    whole = found.whole
    assert (whole.files, whole.units_strong, whole.units_weak) == (2, 4, 1)
    assert found.share == 5 / 1200
    with pytest.raises(NotPermitted):
        figures_by_channel(sold.recall, by=desk.cast.outsider)


def test_the_list_goes_page_by_page_and_is_narrowed(sold: Shops) -> None:
    first = purchases_listed(sold.recall, PurchaseFilters(), by=sold.by, size=3)
    second = purchases_listed(sold.recall, PurchaseFilters(), by=sold.by, after=first.after, size=3)
    assert (len(first.rows), len(second.rows), first.count) == (3, 1, 4)
    assert second.after == ""
    assert {row.number for row in first.rows}.isdisjoint(row.number for row in second.rows)
    weak = PurchaseFilters(strength=Strength.WEAK, channel=Channel.GENERIC)
    (row,) = purchases_listed(sold.recall, weak, by=sold.by).rows
    assert "near_window" in row.reasons
    assert row.buyer is not None
    assert row.buyer.name == "C. S."
    assert filters_in({"strength": "weak", "channel": "generic"}) == (weak, False)
    assert filters_in({"strength": "sure", "file": "x"}) == (PurchaseFilters(), True)
    assert query_of(weak, after="7") == "channel=generic&strength=weak&after=7"


@pytest.mark.parametrize(
    "asked",
    ["ana@example.org", " ANA@example.org ", "+1 202 555 0111", "(202) 555-0111", "1001"],
)
def test_a_purchaser_is_found_by_what_they_say(sold: Shops, asked: str) -> None:
    (found,) = purchasers_found(sold.recall, asked, by=sold.by)
    assert found.name == "A. E."


def test_a_name_is_found_whole_and_nobody_by_less(sold: Shops) -> None:
    assert len(purchasers_found(sold.recall, "sample ben", by=sold.by)) == 1
    for asked in ("", "Sample", "1", "nobody@example.org"):
        assert purchasers_found(sold.recall, asked, by=sold.by) == ()


def test_a_small_share_is_not_said_to_be_nothing() -> None:
    shares = (0, 503 / 1_158_000, 0.001, 0.25, 1_157_999 / 1_158_000, 1)
    said = ("0.0%", "less than 0.1%", "0.1%", "25.0%", "more than 99.9%", "100.0%")
    assert tuple(map(share_in_words, shares)) == said
