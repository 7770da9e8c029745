"""An owner who was erased stands in no order of a remedy any more."""

import pytest

from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.remedying.ordering import offered_to
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.forgetting import forget_recipients
from recalldesk.remedies.models import Order
from recalldesk.remedies.ordering import begin_order
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.placing.tracking import tracking_of
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import Found, Standing, Tracking
from recalldesk.remedies.recipient import Recipient
from tests.claims.owner import fresh_pass, state_of
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import (
    comes_to,
    order_of,
    ordered,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_neither_name_nor_address_nor_parcel_stands_in_the_order_once_its_owner_is_erased() -> None:
    filing = ordered()
    comes_to(filing, Standing.SENT, tracking=Tracking("Carrier", "T123"))
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED
    before = order_of(filing)
    assert wanted_of(before).recipient.name
    assert tracking_of(before) is not None
    erase_filing(opened=fresh_pass(filing))
    after = Order.objects.get(pk=before.pk)
    assert wanted_of(after).recipient == Recipient()
    assert tracking_of(after) is None
    assert (after.reference, after.asked) == (before.reference, before.asked)


def test_what_another_owner_of_the_unit_gets_by_now_is_not_touched() -> None:
    filing = ordered()
    before = order_of(filing)
    take_standing(before, Found("r1", Standing.CANCELLED))
    remedy = grant_remedy(
        unit_digest=bytes(before.remedy.entitlement.unit_digest),
        recall=before.remedy.recall,
        key=before.remedy.key,
        orderable_at=clock.now(),
    )
    other = begin_order(
        remedy_id=remedy.pk,
        offered=offered_to(filing, remedy.key),
        budget=None,
        recipient=Recipient(name="Another Owner"),
    )
    assert forget_recipients([before.remedy_id]) == 1
    assert wanted_of(Order.objects.get(pk=other.pk)).recipient.name == "Another Owner"
    assert wanted_of(Order.objects.get(pk=before.pk)).recipient == Recipient()
