"""A file that was read wrongly is taken back: nothing of it counts, and nothing is deleted."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.purchasers.errors import NoSuchFile, OrdersRefused
from recalldesk.purchasers.importing.anew import match_files_anew
from recalldesk.purchasers.models import OrderFile, Purchase, Purchaser, Sighting
from recalldesk.purchasers.reads.behind import behind
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.reads.files import file_page
from recalldesk.purchasers.reads.shops import figures_by_shop
from recalldesk.purchasers.states import Channel, FileKind, Strength
from recalldesk.purchasers.taking_back import TakenBack, take_back_file
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Desk
from tests.purchasers.shops import ALL_ORDERS, ASIN, MAPPING, Shops, Sold, amazon, bought
from tests.purchasers.test_nameless_orders_get_their_buyer import EVERY, NEW, PARCELS, take

pytestmark = pytest.mark.django_db

WHY = "Read by the wrong mapping"


def back(shops: Shops, number: int | None) -> TakenBack:
    return take_back_file(recall=shops.recall, number=number or 0, by=shops.by, reason=WHY)


def named(order: str) -> str:
    rows = Purchase.objects.filter(unmatched_at=None).select_related("purchaser")
    found = next(each for each in rows if opened(each, "sealed_order") == order)
    return opened(found.purchaser, "sealed_name") if found.purchaser else ""


def test_it_counts_no_more_and_stays_with_who_and_why(shops: Shops) -> None:
    number = shops.took(Sold("1001"), Sold("1002", pieces="2")).number
    assert back(shops, number) == TakenBack(gone=2, kept=0)
    whole = figures_by_channel(shops.recall, by=shops.by).whole
    assert (whole.files, whole.lines, whole.purchases, whole.units_strong) == (0, 0, 0, 0)
    assert (whole.uncovered, whole.taken_back, whole.purchasers) == (0, 2, 0)
    assert figures_by_shop(shops.recall, by=shops.by) == ()
    assert behind(shops.recall, "taken_back", None, by=shops.by).count == 2
    assert (Purchase.objects.count(), Sighting.objects.count()) == (2, 2)
    assert file_page(shops.recall, number or 0, by=shops.by).row.taken_back_at is not None
    change = StateChange.objects.get(subject=Subject.ORDER_FILE, reason=Reason.UNDONE)
    assert (change.subject_id, change.to_state, text_of(change.note)) == (number, "taken_back", WHY)


def test_the_same_file_comes_in_again_with_another_mapping(shops: Shops) -> None:
    path = shops.own(
        Sold("1001", customer="12 Example Street", place=("Ana Example", "x", "", "", "US"))
    )
    first = shops.take(path).number
    assert named("1001") == "12 Example Street"
    back(shops, first)
    swapped = (
        MAPPING.format(kind="orders")
        .replace('name = "Customer"', 'name = "Street"')
        .replace('street_1 = "Street"', 'street_1 = "Customer"')
    )
    again = shops.take_mapped(path, swapped, FileKind.ORDERS)
    assert not again.is_known
    assert named("1001") == "Ana Example"
    purchase = Purchase.objects.get()
    assert (purchase.file_id, purchase.taken_back_at, purchase.country) == (
        again.number,
        None,
        "US",
    )
    assert purchase.ordered_on is not None
    assert OrderFile.objects.count() == 2


def test_the_very_same_reading_may_come_again_too(shops: Shops) -> None:
    path = shops.own(Sold("1001"))
    back(shops, shops.take(path).number)
    taken = shops.take(path)
    assert (taken.is_known, bought()) == (False, [(1, 0)])
    assert shops.take(path).is_known


def test_what_other_files_say_counts_as_if_it_had_never_come(shops: Shops) -> None:
    shops.took(Sold("1001", pieces="1"), Sold("1002", pieces="1"))
    wrong = shops.took(
        Sold("1001", pieces="5"), Sold("1002", pieces="1", day="2024-06-02"), Sold("1003")
    ).number
    assert sorted(bought()) == [(1, 0), (1, 0), (5, 0)]
    assert back(shops, wrong) == TakenBack(gone=1, kept=2)
    counted = Purchase.objects.filter(unmatched_at=None)
    assert sorted(counted.values_list("units", flat=True)) == [1, 1]
    match_files_anew(shops.recall)
    assert sorted(counted.values_list("units", flat=True)) == [1, 1]


def test_a_purchase_that_stood_first_in_it_stands_in_the_other_now(shops: Shops) -> None:
    wrong = shops.took(Sold("1001", day="2024-06-09", customer="Wrong Name")).number
    right = shops.took(Sold("1001", day="2024-06-01")).number
    assert back(shops, wrong).kept == 1
    match_files_anew(shops.recall)
    purchase = Purchase.objects.select_related("purchaser").get(file=right)
    assert str(purchase.ordered_on) == "2024-06-01"
    assert named("1001") == "Ana Example"
    assert Purchaser.objects.count() == 2


def test_orders_that_were_read_as_returns_take_nothing_back_any_more(shops: Shops) -> None:
    shops.took(Sold("1001", pieces="2"), Sold("1002", pieces="1"))
    wrong = shops.take(shops.returned(("1001", "TW-K20", "2")), kind=FileKind.RETURNS).number
    assert sorted(bought()) == [(1, 0), (2, 2)]
    assert back(shops, wrong) == TakenBack(gone=0, kept=1)
    assert sorted(bought()) == [(1, 0), (2, 0)]


def test_returns_by_the_number_of_any_shop_are_taken_back_too(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    order = EVERY["amazon-order-id"]
    wrong = shops.take(shops.returned((order, "TW-K20", "1")), kind=FileKind.RETURNS).number
    assert bought() == [(2, 1)]
    back(shops, wrong)
    assert bought() == [(2, 0)]


def test_a_buyer_by_the_orders_number_goes_with_the_file_that_named_them(shops: Shops) -> None:
    take(shops, ALL_ORDERS, EVERY)
    parcels = f"Order,What,Pieces,Consignee\n{NEW['order-id']},a kettle,1,Ana Example\n"
    wrong = shops.take_mapped(shops.file(parcels), PARCELS, FileKind.ORDERS).number
    assert Purchase.objects.get().is_buyer_by_order
    back(shops, wrong)
    purchase = Purchase.objects.get()
    assert (purchase.purchaser, purchase.is_buyer_by_order) == (None, False)
    assert (purchase.strength, purchase.reasons) == (Strength.STRONG, ["identifier"])
    assert purchase.unmatched_at is None


def test_matching_anew_reads_it_no_more(shops: Shops) -> None:
    text = amazon(ALL_ORDERS, EVERY | {"asin": ASIN})
    number = shops.take(shops.file(text, ".txt"), channel=Channel.AMAZON).number
    back(shops, number)
    assert match_files_anew(shops.recall).files == 0
    assert not Purchase.objects.filter(unmatched_at=None).exists()


def test_who_may_not_or_says_no_reason_or_names_none_changes_nothing(
    shops: Shops, desk: Desk
) -> None:
    number = shops.took(Sold("1001")).number or 0
    asked = {"recall": shops.recall, "number": number, "by": shops.by, "reason": WHY}
    for wrong, problem in (
        ({"by": desk.cast.viewer}, NotPermitted),
        ({"reason": "  "}, OrdersRefused),
        ({"number": number + 7}, NoSuchFile),
    ):
        with pytest.raises(problem):
            take_back_file(**(asked | wrong))  # type: ignore[arg-type]
    assert bought() == [(1, 0)]
    back(shops, number)
    with pytest.raises(OrdersRefused, match="before"):
        back(shops, number)
