"""Reach: units of which somebody was told, of those found; each figure is the sum of its rows."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.outreach.models import ShopTelling, ToldOrder
from recalldesk.outreach.reach.figures import ReachFigures, names_of_reach, reach_of, rows_of_reach
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.outreach.states import NoticeState, OrderTold, Way
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Channel
from tests.cast import Desk
from tests.outreach.reach.told import a_notice, a_wave
from tests.purchasers.shops import ALL_ORDERS, ASIN, Shops, Sold, amazon

pytestmark = pytest.mark.django_db
NOWHERE = ("", "", "", "", "US")


@pytest.fixture
def bought(shops: Shops) -> list[Purchase]:
    """Five purchases: of two units, of one in doubt, of somebody without a contact, of nobody."""
    shops.took(
        Sold("1001", pieces="2"),
        Sold("1002", customer="Ben Sample", mail="ben@example.org", phone="", place=NOWHERE),
        Sold("1003", customer="Cyd Sample", mail="", phone="", place=NOWHERE),
        Sold("1004", customer="Dee Sample", mail="dee@example.org", day="2024-01-20"),
    )
    order = {"amazon-order-id": "111-1", "purchase-date": "2024-06-01T10:00:00+00:00"}
    order |= {"quantity": "1", "asin": ASIN, "sku": "ANY-1", "order-status": "Shipped"}
    order |= {"item-status": "Shipped", "ship-country": "US", "sales-channel": "Amazon.com"}
    shops.take(shops.file(amazon(ALL_ORDERS, order), ".txt"), channel=Channel.AMAZON)
    return list(Purchase.objects.filter(recall=shops.recall).order_by("pk"))


def whole(shops: Shops) -> ReachFigures:
    return reach_of(shops.recall, by=shops.by).whole


def test_nobody_is_told_before_a_notice_went_out(shops: Shops, bought: list[Purchase]) -> None:
    found = whole(shops)
    assert (found.units, found.weak_units, found.reached, found.share) == (5, 1, 0, 0.0)
    assert (found.not_told, found.no_contact) == (3, 2)


def test_a_notice_tells_of_the_purchases_that_it_names(
    shops: Shops, bought: list[Purchase]
) -> None:
    wave = a_wave(shops.recall)
    a_notice(wave, bought[0], Way.EMAIL)
    a_notice(wave, bought[1], Way.EMAIL, NoticeState.WAITING)
    found = whole(shops)
    assert (found.told, found.on_its_way, found.by_email, found.by_letter) == (2, 1, 2, 0)
    assert found.share == 2 / 5
    assert reach_of(shops.recall, by=shops.by).share_of_recalled == 2 / 1200


def test_a_notice_that_came_back_tells_nobody_and_another_one_does(
    shops: Shops, bought: list[Purchase]
) -> None:
    wave = a_wave(shops.recall)
    a_notice(wave, bought[0], Way.EMAIL, NoticeState.BOUNCED)
    assert (whole(shops).told, whole(shops).came_back) == (0, 2)
    a_notice(wave, bought[0], Way.LETTER)
    found = whole(shops)
    assert (found.told, found.came_back, found.by_email, found.by_letter) == (2, 0, 0, 2)


def test_a_purchase_that_came_in_after_the_notice_is_not_told(
    shops: Shops, bought: list[Purchase]
) -> None:
    a_notice(a_wave(shops.recall), bought[0], Way.EMAIL)
    shops.took(Sold("1009"))
    found = whole(shops)
    assert (found.told, found.not_told) == (2, 2)


def test_weak_matches_are_apart(shops: Shops, bought: list[Purchase]) -> None:
    a_notice(a_wave(shops.recall), bought[3], Way.EMAIL)
    found = whole(shops)
    assert (found.told, found.weak_told, found.weak_units) == (0, 1, 1)


def test_a_shop_tells_only_the_orders_of_which_it_says_so(
    shops: Shops, bought: list[Purchase]
) -> None:
    telling = ShopTelling.objects.create(
        recall=shops.recall,
        number=1,
        channel=Channel.AMAZON,
        shop="Amazon",
        language="en",
        subject="Safety recall",
        body="x",
        orders=2,
        made_by=shops.by,
        told=2,
        failed=0,
    )
    asked = ToldOrder.objects.create(telling=telling, purchase=bought[4])
    before = reach_of(shops.recall, by=shops.by)
    assert (before.whole.by_shop, before.shops[0].told) == (0, 2)
    ToldOrder.objects.filter(pk=asked.pk).update(outcome=OrderTold.TOLD)
    found = reach_of(shops.recall, by=shops.by)
    assert (found.whole.by_shop, found.channels[Channel.AMAZON].share) == (1, 1.0)


def test_each_figure_is_the_sum_of_its_rows_and_the_outcomes_are_all(
    shops: Shops, bought: list[Purchase], desk: Desk
) -> None:
    wave = a_wave(shops.recall)
    a_notice(wave, bought[0], Way.EMAIL)
    a_notice(wave, bought[0], Way.PHONE, NoticeState.REFUSED)
    a_notice(wave, bought[1], Way.EMAIL, NoticeState.REFUSED)
    found = reach_of(shops.recall, by=desk.cast.viewer)
    for channel, figures in [*found.channels.items(), (None, found.whole)]:
        assert sum(getattr(figures, each.value) for each in Outcome) == figures.units
        for name in names_of_reach():
            rows = rows_of_reach(shops.recall, name, channel)
            assert sum(row.left for row in rows) == getattr(figures, name), name
    with pytest.raises(NotPermitted):
        reach_of(shops.recall, by=desk.cast.outsider)
