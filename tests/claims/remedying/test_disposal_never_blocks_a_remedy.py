"""A recall may ask that the unit be got rid of first; nobody waits for what they cannot do."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import confirm_disposal, say_no_site
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from tests.cast import SERIALS, Desk
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import KETTLE, claim_of, state_of, text_with_all_remedies

pytestmark = [pytest.mark.django_db]
LATER = timedelta(days=8)


@pytest.fixture
def approved(kettles: Desk) -> Filing:
    """A claim of a recall that asks for confirmed disposal before the remedy."""
    text = text_with_all_remedies()
    for before, after in (
        ('attestation = "promised"', 'attestation = "confirmed"'),
        ('moment = "after_remedy"', 'moment = "before_remedy"'),
    ):
        assert before in text
        text = text.replace(before, after)
    kettles.published(text)
    filing = sent(owner(1), SERIALS[0], remedy=KETTLE)
    assert state_of(filing) == ClaimState.APPROVED
    return filing


def ordered_later() -> int:
    with time_machine.travel(clock.now() + LATER, tick=False):
        return order_due()


def test_the_remedy_waits_for_it_and_the_owners_page_says_so(approved: Filing) -> None:
    assert ordered_later() == 0
    (unit,) = seen_by_owner(Filing.objects.get(pk=approved.pk)).units
    assert unit.is_held_for_disposal


def test_once_it_is_got_rid_of_the_remedy_is_ordered(approved: Filing) -> None:
    confirm_disposal(filing_id=approved.pk, position=1)
    assert ordered_later() == 1


def test_where_no_place_takes_it_the_remedy_is_ordered_and_that_is_counted_once(
    approved: Filing,
) -> None:
    for _ in range(2):
        say_no_site(filing_id=approved.pk, position=1)
    claim = claim_of(approved)
    assert claim.no_site_on == clock.now().date()
    assert claim.disposed_on is None
    assert StateChange.objects.filter(reason=Reason.NO_SITE).count() == 1
    assert ordered_later() == 1
    confirm_disposal(filing_id=approved.pk, position=1)
    assert claim_of(approved).disposed_on is not None


@pytest.mark.usefixtures("desk")
def test_while_the_unit_is_needed_to_decide_nobody_says_so() -> None:
    filing = sent(owner(1), "TW24013387", remedy=KETTLE)
    assert state_of(filing) != ClaimState.APPROVED
    with pytest.raises(NotPossibleNow):
        say_no_site(filing_id=filing.pk, position=1)
