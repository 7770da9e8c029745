"""Of several purchases a notice leaves out those that left the recall before it left the house."""

from django.db.models import F

from recalldesk.foundation import clock
from recalldesk.outreach.models import NamedPurchase
from recalldesk.outreach.waves.said import said, things_named, things_of
from recalldesk.purchasers.models import Purchase
from tests.outreach.told import DAY, Told


def test_what_left_is_named_no_more_and_what_was_sent_stays_as_it_was(told: Told) -> None:
    buyer = told.buyer(email="ana@example.org")
    told.purchase(buyer)
    left = told.purchase(buyer, ordered_on=DAY.replace(day=2))
    back = told.purchase(buyer, ordered_on=DAY.replace(day=3))
    notice = told.started().notices.get()
    assert len(things_of(notice)) == 3
    before = said(notice).text
    Purchase.objects.filter(pk=left.pk).update(unmatched_at=clock.now())
    Purchase.objects.filter(pk=back.pk).update(units_back=F("units"))
    (thing,) = things_of(notice)
    assert thing.day == DAY
    assert things_named([notice.pk]) == {notice.pk: (thing,)}
    now = said(notice).text
    assert now != before
    assert "June 1" in now
    assert "June 2" not in now
    assert NamedPurchase.objects.filter(notice=notice).count() == 3, "the log of it stays"


def test_a_notice_that_was_sent_before_says_what_it_said(told: Told) -> None:
    buyer = told.buyer(email="ana@example.org")
    told.purchase(buyer)
    left = told.purchase(buyer, ordered_on=DAY.replace(day=2))
    notice = told.sent().notices.get()
    Purchase.objects.filter(pk=left.pk).update(unmatched_at=clock.now())
    assert len(things_of(notice)) == 2
