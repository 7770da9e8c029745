"""`recalldesk partners` and `recalldesk stock`: entered, told once, changed, counted, ended."""

from datetime import timedelta

import pytest

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.recalls.models import RecallVersion
from recalldesk.stock.models import StopSale
from recalldesk.stock.reporting import take_back_stock
from recalldesk.stock.states import Kind, Through
from tests.cast import SLUG, Cast, Command
from tests.stock.at_a_shop import MARKET, says

pytestmark = pytest.mark.django_db
AS = ("--as", "author@desk.example")
ADDRESS = ("--email", "stock@madeup-market.example", "--level", "retailer")


def test_a_partner_is_entered_told_once_and_ended(
    command: Command, published_recall: RecallVersion
) -> None:
    assert "There is no partner yet." in command("partners", "list").out
    added = command("partners", "add", MARKET, *ADDRESS, *AS)
    assert f"is entered: {MARKET}" in added.out, added.err
    by_when = ("--answer-by", (clock.now().date() + timedelta(days=7)).isoformat())
    told = command("partners", "tell", SLUG, *by_when, *AS)
    assert "1 partner is told" in told.out, told.err
    assert "0 partners are told" in command("partners", "tell", SLUG, *by_when, *AS).out
    assert StopSale.objects.count() == 1
    listed = command("partners", "list", SLUG).out
    assert "Told, not answered yet" in listed
    assert "0 partners are late." in listed
    changed = command("partners", "change", MARKET, "--country", "CA", *AS)
    assert "is changed" in changed.out, changed.err
    assert "Nothing is to be changed." in command("partners", "change", MARKET, *AS).err
    assert "a moment ago" in command("partners", "link", MARKET, *AS).err
    ended = command("partners", "end", MARKET, "--note", "Closed.", *AS)
    assert "no partner any more" in ended.out, ended.err
    assert "There is no partner" in command("partners", "link", MARKET, *AS).err


def test_stock_is_shown_in_sums_and_in_rows(
    command: Command, cast: Cast, published_recall: RecallVersion
) -> None:
    command("partners", "add", MARKET, *ADDRESS, *AS)
    market, recall = Partner.objects.get(), published_recall.recall
    says(recall, market, Kind.ON_HAND, 1_200, "count")
    wrong = says(recall, market, Kind.DESTROYED, 7, "wrong")
    says(recall, market, Kind.DESTROYED, 31, "right")
    take_back_stock(number=wrong.pk, by=cast.author, through=Through.DESK, note="Counted twice.")
    sums = command("stock", "show", SLUG).out
    assert "1,200" in sums
    assert "31" in sums
    rows = command("stock", "show", SLUG, "--partner", MARKET).out
    assert f"takes back {wrong.pk}" in rows
    assert "There is no partner" in command("stock", "show", SLUG, "--partner", "Nobody").err
