"""From which value on two people decide is what the live version says, also of older claims."""

import pytest

from recalldesk.claims.desk.second_rule import Ground
from recalldesk.claims.states import DecisionState
from tests.cast import Desk
from tests.claims.desk.pages import page_of
from tests.claims.desk.people import approved, rita, waiting_claim
from tests.claims.owner import text_with_all_remedies

pytestmark = pytest.mark.django_db
LIMIT = '[review]\nsecond_person_over = { amount = "1.00", currency = "USD" }'


def test_a_firm_that_lowers_it_has_two_decide_the_claims_that_wait(kettles: Desk) -> None:
    kettles.published(text_with_all_remedies())
    claim = waiting_claim(remedy="card")
    assert page_of(claim, by=rita()).allowed.grounds_for_two == ()
    kettles.published(text_with_all_remedies().replace("[review]", LIMIT), serials=None)
    assert page_of(claim, by=rita()).allowed.grounds_for_two == (Ground.VALUE,)
    assert approved(claim, note="It is dear.").state == DecisionState.PROPOSED
