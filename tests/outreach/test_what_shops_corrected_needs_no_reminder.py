"""A contact rests, too, by what shops report to have corrected; never by what may be of another."""

from recalldesk.outreach.resting import at_rest
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from recalldesk.purchasers.states import Channel
from recalldesk.remedies.corrections.reporting import take_back
from tests.outreach.told import Told


def test_an_order_whose_units_the_shop_refunded_is_answered_for(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, units=2, order="A-1")
    told.corrected("a-1")
    assert not rests(told, ana), "of one of two"
    told.corrected("A -1", units=2)
    assert rests(told, ana)


def test_two_rows_of_one_order_may_be_of_one_unit(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, units=2, order="A-1")
    told.corrected("A-1")
    told.corrected("A-1")
    assert not rests(told, ana)


def test_another_shops_order_of_that_number_is_another_order(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, order="1001")
    told.corrected("1001", shop="Another Shop")
    assert not rests(told, ana)
    told.corrected("1001", shop="EXAMPLE SHOP")
    assert rests(told, ana)


def test_a_shop_that_no_file_names_is_no_shop(told: Told) -> None:
    told.shop = ""
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, order="1001", channel=Channel.GENERIC)
    told.corrected("1001", shop="generic")
    assert not rests(told, ana)


def test_a_unit_is_known_by_its_serial(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, serial="SERIAL-1")
    told.corrected(serial="SERIAL-2")
    assert not rests(told, ana)
    told.corrected(serial="SERIAL-1", shop="A repairer")
    assert rests(told, ana)


def test_a_report_that_was_taken_back_silences_nobody(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, order="A-1")
    report = told.corrected("A-1")
    assert rests(told, ana)
    take_back(number=report.pk, by=told.cast.approver, note="Another order.")
    assert not rests(told, ana)


def test_a_unit_that_came_back_is_refunded_and_says_nothing_of_the_other(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, units=2, units_back=1, order="A-1")
    told.corrected("A-1")
    assert not rests(told, ana)


def test_what_left_the_recall_may_be_what_was_refunded(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, order="A-1")
    left = told.purchase(ana, order="A-1")
    Purchase.objects.filter(pk=left.pk).update(unmatched_at=left.at)
    told.corrected("A-1")
    assert not rests(told, ana)


def test_a_claim_and_a_correction_are_of_two_units_only_where_both_have_serials(
    told: Told,
) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, serial="SERIAL-1")
    told.purchase(ana, serial="SERIAL-2")
    told.corrected(serial="SERIAL-1")
    told.claim(ana)
    assert not rests(told, ana), "the claim may be of the unit that was corrected"
    told.claim(ana, serial="SERIAL-2")
    assert rests(told, ana)


def test_what_a_shop_corrected_of_one_counts_for_whoever_shares_the_claim(told: Told) -> None:
    ana = told.buyer("Ana Example", email="ana@example.org")
    told.purchase(ana, serial="SERIAL-1")
    ben = told.buyer("Ben Example", email="ben@example.org")
    told.purchase(ben, serial="SERIAL-2")
    told.claim(ana, ben, serial="SERIAL-1")
    assert not any(rests(told, each) for each in (ana, ben)), "one claim for two units"
    told.corrected(serial="SERIAL-2")
    assert all(rests(told, each) for each in (ana, ben))


def rests(told: Told, buyer: Purchaser) -> bool:
    """Whether every contact of somebody does."""
    points = ContactPoint.objects.filter(purchaser=buyer)
    digests = {bytes(each) for each in points.values_list("digest", flat=True)}
    return at_rest(told.recall.pk, digests) == digests
