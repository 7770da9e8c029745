"""Shops that hand over no addresses: which orders, with which words, and what they say of them."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.outreach.models import ShopTelling, ToldOrder
from recalldesk.outreach.reading_back import ReadBack
from recalldesk.outreach.shops.asking import ask_shop, live_version_of, take_orders
from recalldesk.outreach.shops.errors import TellingRefused
from recalldesk.outreach.shops.orders import OrdersAsked, orders_counted
from recalldesk.outreach.shops.reading import keep_counts, read_orders
from recalldesk.outreach.shops.reads import telling_shown, tellings_of
from recalldesk.outreach.shops.texts import ShopText, checked_text, standard_text
from recalldesk.outreach.states import OrderTold
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Channel, Strength
from tests.notice.examples import TWO_BRANDS, example
from tests.outreach.told import Told

pytestmark = pytest.mark.django_db
AMAZON = OrdersAsked(Channel.AMAZON)


@pytest.fixture
def sold(told: Told) -> Told:
    """Two orders without a buyer, one whose buyer another file names, one that can be reached, one
    in doubt, one that came back, one of another shop, one no more covered."""
    told.purchase(None, units=2)
    told.purchase(told.buyer("Nobody Reaches"))
    told.purchase(None, also=(told.buyer("Ben Example", email="ben@example.org"),))
    told.bought("Ana Example", email="ana@example.org")
    told.purchase(None, strength=Strength.WEAK)
    told.purchase(None, units_back=1)
    told.purchase(None, channel=Channel.EBAY)
    gone = told.purchase(None)
    Purchase.objects.filter(pk=gone.pk).update(unmatched_at=clock.now())
    return told


def words(told: Told) -> ShopText:
    published = live_version_of(told.recall)
    return standard_text(published, language="en", shop="Example Shop")


def asked(told: Told, which: OrdersAsked = AMAZON) -> ShopTelling:
    return ask_shop(
        recall=told.recall, asked=which, shop="Example Shop", text=words(told), by=told.cast.author
    )


def orders_in(telling: ShopTelling, told: Told) -> list[str]:
    list_ = take_orders(
        telling=telling, by=told.cast.author, reason="To the shop", form=SheetForm.CSV
    )
    text = b"".join(list_.parts).decode("utf-8-sig")
    return [row[0].removeprefix("'") for row in csv.reader(io.StringIO(text))][1:]


def read(telling: ShopTelling, told: Told, folder: Path, *rows: tuple[str, str]) -> ReadBack:
    path = folder / "told.csv"
    text = io.StringIO()
    csv.writer(text).writerows([("Order number", "Told"), *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    found = read_orders(telling=telling, path=path, by=told.cast.author)
    counted = found.heading + found.accepted + found.rejected + found.duplicate
    assert found.lines == counted + found.blank + found.continued
    return found


@pytest.mark.parametrize(
    ("which", "orders", "units"),
    [
        (AMAZON, 2, 3),
        (replace(AMAZON, everybody=True), 4, 5),
        (replace(AMAZON, weak=True), 3, 4),
        (OrdersAsked(Channel.EBAY), 1, 1),
        (OrdersAsked(Channel.NEWEGG), 0, 0),
    ],
)
def test_those_are_asked_about_whom_nobody_else_reaches(
    sold: Told, which: OrdersAsked, orders: int, units: int
) -> None:
    counted = orders_counted(sold.recall, which)
    assert (counted.orders, counted.units) == (orders, units)


def test_a_list_holds_each_order_once_and_is_asked_about_once(sold: Told) -> None:
    telling = asked(sold)
    assert (telling.number, telling.orders) == (1, 2)
    assert len(orders_in(telling, sold)) == 2
    taken = StateChange.objects.filter(
        subject=Subject.SHOP_TELLING, subject_id=telling.pk, reason=Reason.FILE_TAKEN
    )
    assert taken.count() == 1
    with pytest.raises(TellingRefused, match="No order"):
        asked(sold)
    assert asked(sold, replace(AMAZON, again=True)).number == 2
    with pytest.raises(NotPermitted):
        ask_shop(recall=sold.recall, asked=AMAZON, shop="x", text=words(sold), by=sold.cast.viewer)


def test_what_the_shop_says_of_each_order_is_counted(sold: Told, tmp_path: Path) -> None:
    telling = asked(sold)
    one, two = orders_in(telling, sold)
    found = read(
        telling,
        sold,
        tmp_path,
        (one, "told"),
        (f" {two.lower()} ", "Failed"),
        ("", ""),
        (one, "yes"),
        ("MADE-UP-NEVER", "told"),
        (two, "perhaps"),
        ("", "told"),
    )
    assert (found.accepted, found.duplicate, found.rejected, found.blank) == (2, 1, 3, 1)
    assert "never asked" in found.rejects[0].why
    shown = telling_shown(telling, by=sold.cast.viewer)
    assert (shown.told, shown.failed, shown.waiting) == (1, 1, 0)
    again = read(telling, sold, tmp_path, (one, "told"), (two, "failed"))
    assert (again.accepted, again.duplicate) == (0, 2)
    assert set(ToldOrder.objects.values_list("outcome", flat=True)) == {
        OrderTold.TOLD,
        OrderTold.FAILED,
    }
    assert orders_counted(sold.recall, AMAZON).orders == 1, "whom the shop could not tell"


def test_an_order_of_another_list_is_a_reject(sold: Told, tmp_path: Path) -> None:
    ebay = asked(sold, OrdersAsked(Channel.EBAY))
    (order,) = orders_in(asked(sold), sold)[:1]
    assert read(ebay, sold, tmp_path, (order, "told")).rejected == 1


def test_two_numbers_are_the_shops_word_and_stand_apart(sold: Told) -> None:
    telling, today = asked(sold), clock.now().date()
    keep_counts(telling=telling, told=1, failed=1, on=today, by=sold.cast.author)
    (shown,) = tellings_of(sold.recall, by=sold.cast.viewer)
    assert (shown.word_told, shown.word_failed, shown.told) == (1, 1, 0)
    assert not ToldOrder.objects.exclude(outcome=OrderTold.ASKED).exists()
    for counts, day in (((2, 1), today), ((1, 0), today + timedelta(days=1))):
        with pytest.raises(TellingRefused):
            keep_counts(
                telling=telling, told=counts[0], failed=counts[1], on=day, by=sold.cast.author
            )


def test_the_words_say_no_more_than_the_order_does() -> None:
    def said(*products: str, weak: bool = False) -> str:
        text = standard_text(
            example(TWO_BRANDS), language="en", shop="Example Shop", products=products, weak=weak
        )
        return text.body.split("\n\n")[1]

    assert said("a3102016").startswith("You bought Soundcore speaker (A3102016) from us")
    assert said("a3102016", weak=True).startswith("You may have bought Soundcore speaker")
    assert said("a3102016", "a3302011").startswith("You bought one of these from us")
    assert said(weak=True).startswith("You may have bought one of these from us")


def test_the_words_say_what_they_are_and_lead_to_the_public_page(sold: Told) -> None:
    published, text = live_version_of(sold.recall), words(sold)
    assert text.subject.startswith("Safety recall: ")
    assert text.body.endswith("Example Shop")
    assert f"/en/recalls/{sold.recall.slug}/" in text.body
    assert "/told/" not in text.body
    for wrong in (
        replace(text, subject="News from us"),
        replace(text, body="Dear customer"),
        replace(text, body=""),
    ):
        with pytest.raises(TellingRefused):
            checked_text(published, wrong)
