"""A remedy whose worth the recall did not say stops; once it is said, its owner gets it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import Filing
from recalldesk.claims.remedying.again import order_anew
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.foundation import clock
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.states import Stopped
from tests.at_the_desk import staff
from tests.cast import SERIALS, Desk
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import CARD, claim_of, text_with_all_remedies
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db
VALUE = 'value = { amount = "39.90", currency = "USD" }\n'
LATER = timedelta(days=8)


def ordered(filing: Filing) -> Order:
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == 1
    return Order.objects.get(remedy=claim_of(filing).remedy)


def test_a_card_without_a_value_stops_and_is_ordered_anew_with_the_value_of_a_later_version(
    kettles: Desk,
) -> None:
    kettles.published(text_with_all_remedies().replace(VALUE, ""))
    filing = sent(owner(1), SERIALS[0], remedy=CARD)
    order = ordered(filing)
    assert order.stopped == Stopped.NO_AMOUNT
    kettles.published(text_with_all_remedies(), serials=None)
    senior = staff(Role.SENIOR_REVIEWER)
    assert dead_letters.cancel(order_id=order.pk, by=senior, note="The recall says it by now.")
    run_jobs(tasks=["claims.remedy_news"])
    order_anew(claim_id=claim_of(filing).pk, by=senior, key=CARD, note="With its value.")
    again = ordered(filing)
    assert (again.amount, again.currency, again.stopped) == (Decimal("39.90"), "USD", "")


def test_what_an_owner_was_offered_is_never_worth_less_by_a_later_version(kettles: Desk) -> None:
    kettles.published(text_with_all_remedies())
    filing = sent(owner(1), SERIALS[0], remedy=CARD)
    kettles.published(text_with_all_remedies().replace("39.90", "9.90"), serials=None)
    assert ordered(filing).amount == Decimal("39.90")
