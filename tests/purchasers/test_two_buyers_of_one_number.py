"""Two shops may give two orders one number: no buyer is lost, and no unit taken off by a guess."""

import pytest

from recalldesk.purchasers.importing.anew import match_files_anew
from recalldesk.purchasers.models import Purchase, Purchaser
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.states import FileKind
from tests.purchasers.shops import Shops, Sold, bought

pytestmark = pytest.mark.django_db
PLACE = ("7 Sample Road", "Madeup Falls", "OR", "97201", "US")
ANA = Sold("1001")
BEN = Sold("1001", customer="Ben Sample", mail="ben@example.org", phone="", place=PLACE)


@pytest.mark.parametrize("is_one_file", [True, False])
def test_each_buyer_has_a_purchase_and_the_same_again_changes_nothing(
    shops: Shops, is_one_file: bool
) -> None:
    for sold in ((ANA, BEN),) if is_one_file else ((ANA,), (BEN,)):
        shops.took(*sold)
    assert bought() == [(1, 0), (1, 0)]
    assert {each.purchaser for each in Purchase.objects.all()} == set(Purchaser.objects.all())
    shops.took(BEN, Sold("1002"))
    match_files_anew(shops.recall)
    assert bought() == [(1, 0)] * 3
    whole = figures_by_channel(shops.recall, by=shops.by).whole
    assert (whole.purchases, whole.purchasers, whole.uncovered) == (3, 2, 0)


def test_who_shares_a_name_or_a_contact_has_one_order(shops: Shops) -> None:
    moved = Sold("1001", mail="ana@example.com", phone="", place=PLACE)
    present = Sold("1001", customer="Otto Sample", mail="", phone="")
    nameless = Sold("1001", customer="", mail="", phone="", place=("", "", "", "", "US"))
    for sold in (nameless, ANA, moved, present):
        shops.took(sold)
    assert bought() == [(1, 0)]


@pytest.mark.parametrize("is_before", [True, False])
def test_what_came_back_is_taken_off_neither_and_said(shops: Shops, is_before: bool) -> None:
    def return_one() -> None:
        shops.take(shops.returned(("1001", "TW-K20", "1")), kind=FileKind.RETURNS)

    if is_before:
        return_one()
    shops.took(ANA)
    shops.took(BEN)
    if not is_before:
        return_one()
    assert bought() == [(1, 0), (1, 0)]
