"""Whoever would approve a claim may want somebody else to read it first, and says why."""

import pytest

from recalldesk.claims.desk.errors import NotDecidable, SecondPersonMissing
from recalldesk.claims.desk.second import confirm_decision, refuse_decision
from recalldesk.claims.desk.second_rule import Ground
from recalldesk.claims.states import ClaimState, DecisionState, DeskList
from recalldesk.remedies.models import Remedy
from tests.claims.desk.people import approved, now, of_people, seen, senta, sven, waiting_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_it_takes_a_reason() -> None:
    claim = waiting_claim()
    with pytest.raises(NotDecidable, match="say why"):
        approved(claim, second_reader=True)
    assert not of_people().exists()


def test_it_waits_for_another_and_is_never_ones_own() -> None:
    claim = waiting_claim()
    decision = approved(claim, senta(), second_reader=True, note="The label looks pasted on.")
    assert decision.state == DecisionState.PROPOSED
    assert decision.grounds["exceptions"] == [Ground.ASKED]
    assert (now(claim).desk, Remedy.objects.count()) == (DeskList.SECOND, 0)
    with pytest.raises(SecondPersonMissing):
        confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    confirm_decision(decision_id=decision.pk, by=sven(), seen=seen(claim))
    assert now(claim).state == ClaimState.APPROVED


def test_a_reader_who_does_not_agree_gives_it_back() -> None:
    claim = waiting_claim()
    decision = approved(claim, second_reader=True, note="The label looks pasted on.")
    refuse_decision(decision_id=decision.pk, by=senta(), seen=seen(claim), note="It is.")
    assert (now(claim).state, now(claim).desk) == (ClaimState.IN_REVIEW, DeskList.REVIEW)
