"""Where one person is not enough another one agrees or does not; nobody is their own second."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.desk import cases
from recalldesk.claims.desk.contacts import attach_scan, record_contact
from recalldesk.claims.desk.errors import NotDecidable, SecondPersonMissing, StaleClaim
from recalldesk.claims.desk.second import confirm_decision, refuse_decision
from recalldesk.claims.desk.second_rule import (
    Ground,
)
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.following import appeal, withdraw_filing
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import Channel, ClaimState, ContactAbout, DecisionState, DeskList
from recalldesk.remedies.models import Remedy
from tests.claims.desk.pages import page_of
from tests.claims.desk.people import (
    approved,
    cleaned,
    declined,
    now,
    remo,
    rita,
    seen,
    senta,
    sven,
    waiting_claim,
)
from tests.claims.owner import OLGA, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def without_photos() -> Claim:
    return claim_of(OLGA.files())


def appealed(claim: Claim, by: object, note: str = "") -> Claim:
    decision = declined(claim, by, note=note)  # type: ignore[arg-type]
    with time_machine.travel(decision.takes_effect_at + timedelta(seconds=1), tick=False):
        tell_decision(decision_id=decision.pk)
    appeal(filing_id=claim.filing_id, text="Look again.", nonce=f"n{decision.pk}")
    return now(claim)


def test_without_proof_an_approval_is_proposed() -> None:
    claim = without_photos()
    with pytest.raises(NotDecidable, match="why"):
        approved(claim)
    decision = approved(claim, note="A school; she called, and knows the serial by heart.")
    assert decision.state == DecisionState.PROPOSED
    assert decision.grounds["exceptions"] == [Ground.NO_PROOF]
    claim = now(claim)
    assert (claim.state, claim.desk) == (ClaimState.IN_REVIEW, DeskList.SECOND)
    assert not Remedy.objects.exists()


def test_what_came_by_letter_and_was_scanned_is_proof() -> None:
    claim = without_photos()
    contact = record_contact(
        recall=claim.filing.recall,
        filing=claim.filing,
        by=rita(),
        channel=Channel.LETTER,
        about=ContactAbout.CLAIM,
        nonce="n",
    )
    scan = attach_scan(contact=contact, by=rita(), chunks=[b"a letter"])
    assert page_of(claim, by=rita()).allowed.grounds_for_two == ("no_proof",)
    cleaned(scan)
    assert page_of(claim, by=rita()).allowed.grounds_for_two == ()
    assert approved(claim).state == DecisionState.FINAL


def test_another_confirms_it_and_then_it_counts() -> None:
    claim = without_photos()
    decision = approved(claim, note="By phone.")
    confirmed = confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    assert (confirmed.state, confirmed.settled_by) == (DecisionState.FINAL, senta())
    assert (now(claim).state, now(claim).desk) == (ClaimState.APPROVED, DeskList.NONE)
    assert Remedy.objects.count() == 1
    confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    assert Remedy.objects.count() == 1
    assert confirmed.takes_effect_at > decision.takes_effect_at


def test_a_reviewer_is_no_second_person_and_nobody_is_their_own() -> None:
    claim = without_photos()
    decision = approved(claim, senta(), note="By phone.")
    with pytest.raises(NotPermitted):
        confirm_decision(decision_id=decision.pk, by=remo(), seen=seen(claim))
    with pytest.raises(SecondPersonMissing):
        confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    with pytest.raises(SecondPersonMissing):
        refuse_decision(decision_id=decision.pk, by=senta(), seen=seen(claim), note="No.")
    confirm_decision(decision_id=decision.pk, by=sven(), seen=seen(claim))


def test_another_refuses_it_with_a_reason_and_it_waits_again() -> None:
    claim = without_photos()
    decision = approved(claim, note="By phone.")
    with pytest.raises(NotDecidable):
        refuse_decision(decision_id=decision.pk, by=senta(), seen=seen(claim), note=" ")
    refuse_decision(decision_id=decision.pk, by=senta(), seen=seen(claim), note="Ask first.")
    assert (now(claim).state, now(claim).desk) == (ClaimState.IN_REVIEW, DeskList.REVIEW)
    assert Decision.objects.get(pk=decision.pk).state == DecisionState.REFUSED
    approved(claim, note="She sent a receipt.")
    assert now(claim).desk == DeskList.SECOND


def test_who_has_not_seen_the_proposal_settles_nothing() -> None:
    claim = without_photos()
    stamp = seen(claim)
    decision = approved(claim, note="By phone.")
    with pytest.raises(StaleClaim):
        confirm_decision(decision_id=decision.pk, by=senta(), seen=stamp)


def test_while_one_waits_nobody_decides_otherwise() -> None:
    claim = without_photos()
    approved(claim, note="By phone.")
    with pytest.raises(NotDecidable, match="second person"):
        declined(claim, remo())


def test_who_proposed_it_takes_it_back() -> None:
    claim = without_photos()
    decision = approved(claim, note="By phone.")
    undo_decision(decision_id=decision.pk, by=rita())
    assert (now(claim).state, now(claim).desk) == (ClaimState.IN_REVIEW, DeskList.REVIEW)


def test_an_owner_who_withdraws_ends_what_was_proposed() -> None:
    claim = without_photos()
    decision = approved(claim, note="By phone.")
    withdraw_filing(filing_id=claim.filing_id)
    assert now(claim).state == ClaimState.WITHDRAWN
    assert Decision.objects.get(pk=decision.pk).state == DecisionState.UNDONE


def test_a_value_over_the_recalls_limit_takes_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "is_over", lambda *_: True)
    decision = approved(waiting_claim(remedy="card"), note="It is dear.")
    assert decision.grounds["exceptions"] == [Ground.VALUE]


def test_an_appeal_is_decided_by_a_senior_who_did_not_decline_it() -> None:
    claim = appealed(waiting_claim(), senta())
    with pytest.raises(SecondPersonMissing):
        approved(claim, senta(), note="Right after all.")
    decision = approved(claim, sven())
    assert decision.state == DecisionState.FINAL
    assert now(claim).state == ClaimState.APPROVED


def test_of_an_appeal_a_reviewer_proposes_and_a_third_person_confirms() -> None:
    claim = appealed(waiting_claim(), senta())
    decision = approved(claim, rita(), note="The serial is right.")
    assert decision.state == DecisionState.PROPOSED
    with pytest.raises(SecondPersonMissing):
        confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    confirm_decision(decision_id=decision.pk, by=sven(), seen=seen(claim))
    assert now(claim).state == ClaimState.APPROVED


def test_an_appeal_that_is_declined_again_stays_barred_to_both() -> None:
    claim = appealed(waiting_claim(), rita())
    claim = appealed(claim, senta(), note="The same photo as another's.")
    for person in (rita(), senta()):
        with pytest.raises(SecondPersonMissing):
            approved(claim, person, note="Well.")
