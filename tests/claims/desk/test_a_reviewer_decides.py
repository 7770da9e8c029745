"""A reviewer decides: the claim moves at once, its remedy is granted once, all is in the log."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.deciding import (
    approve_claim,
    ask_owner,
    decline_claim,
    give_back,
    mark_duplicate,
)
from recalldesk.claims.desk.errors import NotDecidable, NotDeclinable, StaleClaim
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.errors import FieldsRefused, NotPossibleNow
from recalldesk.claims.following import owner_answered, owner_wrote
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState, DeskList
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import RemedyState
from tests.cast import SERIALS
from tests.claims.desk.people import (
    approved,
    declined,
    filing_of,
    now,
    of_people,
    remo,
    rita,
    seen,
    senta,
    staff,
    waiting_claim,
)
from tests.claims.owner import OLGA, PAVEL, log_of
from tests.worked import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_an_approval_moves_the_claim_and_grants_its_remedy() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    claim = now(claim)
    assert claim.state == ClaimState.APPROVED
    assert claim.desk == DeskList.NONE
    assert claim.holds_unit
    assert (decision.kind, decision.state, decision.by) == ("approve", "final", rita())
    assert decision.was == ClaimState.IN_REVIEW
    assert decision.takes_effect_at - decision.at == timedelta(minutes=10)
    assert [remedy.state for remedy in Remedy.objects.all()] == [RemedyState.WAITING]
    assert log_of(Subject.CLAIM, claim.pk)[-1] == ("in_review", "approved", "by_person")
    assert log_of(Subject.DECISION, decision.pk) == [("", "final", "")]


def test_nobody_is_told_before_ten_minutes_are_over() -> None:
    decision = approved(waiting_claim())
    job = waiting("claims.tell_decision")[0]
    assert job.args == {"decision_id": decision.pk}
    assert job.scheduled_at == decision.takes_effect_at


def test_the_same_form_sent_twice_is_one_decision() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    one = approve_claim(claim_id=claim.pk, by=rita(), seen=stamp)
    two = approve_claim(claim_id=claim.pk, by=rita(), seen=stamp)
    assert one.pk == two.pk
    assert Remedy.objects.count() == 1
    assert len(waiting("claims.tell_decision")) == 1


def test_another_reviewer_who_saw_it_undecided_learns_who_decided_what() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    approved(claim)
    with pytest.raises(StaleClaim) as refused:
        decline_claim(claim_id=claim.pk, by=remo(), seen=stamp, reason="other")
    assert [(each.what, each.by) for each in refused.value.happened] == [("Approved", "Rita")]
    assert of_people().count() == 1


def test_who_did_not_see_what_the_owner_wrote_does_not_decide() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    owner_wrote(filing_id=claim.filing_id, text="Please wait.", nonce="n")
    with pytest.raises(StaleClaim, match="The owner wrote"):
        approve_claim(claim_id=claim.pk, by=rita(), seen=stamp)


def test_a_stamp_that_never_was_decides_nothing() -> None:
    claim = waiting_claim()
    with pytest.raises(StaleClaim):
        approve_claim(claim_id=claim.pk, by=rita(), seen=seen(claim) + 1_000_000)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR])
def test_who_may_not_decide_is_refused(role: Role) -> None:
    claim = waiting_claim()
    with pytest.raises(NotPermitted):
        approved(claim, staff("vera", role))
    assert now(claim).state == ClaimState.IN_REVIEW


def test_a_reason_that_is_none_of_the_recalls_declines_nothing() -> None:
    claim = waiting_claim()
    with pytest.raises(NotDeclinable):
        decline_claim(claim_id=claim.pk, by=rita(), seen=seen(claim), reason="mood")


def test_a_declined_claim_lets_go_of_its_unit() -> None:
    claim = waiting_claim()
    declined(claim)
    claim = now(claim)
    assert (claim.state, claim.holds_unit) == (ClaimState.DECLINED, False)


def test_an_owner_is_asked_with_words_only() -> None:
    claim = waiting_claim()
    with pytest.raises(FieldsRefused):
        ask_owner(claim_id=claim.pk, by=rita(), seen=seen(claim), words="  ")
    ask_owner(claim_id=claim.pk, by=rita(), seen=seen(claim), words="Which flat?", about="address")
    assert now(claim).state == ClaimState.NEEDS_OWNER
    assert not filing_of(claim).messages.exists()


def test_what_the_owner_sends_then_stays_in_sight_until_somebody_decides() -> None:
    claim = waiting_claim()
    asked = ask_owner(claim_id=claim.pk, by=rita(), seen=seen(claim), words="Which flat?")
    with time_machine.travel(asked.takes_effect_at, tick=False):
        tell_decision(decision_id=asked.pk)
    owner_answered(filing_id=claim.filing_id)
    assert now(claim).desk == DeskList.ANSWERED
    approved(claim)
    assert now(claim).desk == DeskList.NONE


def test_a_duplicate_is_of_the_same_owner_and_unit() -> None:
    first, other = waiting_claim(), waiting_claim(PAVEL)
    with pytest.raises(NotDecidable):
        mark_duplicate(claim_id=other.pk, of_claim_id=first.pk, by=rita(), seen=seen(other))
    again = waiting_claim(serial=SERIALS[1])
    with pytest.raises(NotDecidable):
        mark_duplicate(claim_id=again.pk, of_claim_id=first.pk, by=rita(), seen=seen(again))
    with pytest.raises(NotDecidable):
        mark_duplicate(claim_id=first.pk, of_claim_id=first.pk, by=rita(), seen=seen(first))


def test_a_contested_claim_is_not_approved_while_another_holds_the_unit() -> None:
    first, other = waiting_claim(), waiting_claim(PAVEL)
    with pytest.raises(NotDecidable, match=first.filing.reference):
        approved(other)
    declined(first)
    approved(other)
    assert (now(other).state, now(other).holds_unit) == (ClaimState.APPROVED, True)


def test_a_claim_that_waits_for_its_owner_is_given_back_and_then_decided() -> None:
    claim = waiting_claim()
    ask_owner(claim_id=claim.pk, by=rita(), seen=seen(claim), words="Which flat?")
    with pytest.raises(NotDecidable):
        approved(claim)


def test_what_the_owner_was_told_is_given_back_by_a_senior_with_a_note() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    with time_machine.travel(decision.takes_effect_at, tick=False):
        tell_decision(decision_id=decision.pk)
        with pytest.raises(NotPermitted):
            give_back(claim_id=claim.pk, by=rita(), seen=seen(claim), note="A mistake.")
        with pytest.raises(NotDecidable):
            give_back(claim_id=claim.pk, by=senta(), seen=seen(claim))
        give_back(claim_id=claim.pk, by=senta(), seen=seen(claim), note="A mistake.")
    assert now(claim).state == ClaimState.IN_REVIEW
    assert [remedy.state for remedy in Remedy.objects.all()] == [RemedyState.CANCELLED]


def test_a_claim_of_danger_is_decided_with_a_word_about_it() -> None:
    claim = waiting_claim()
    claim.filing.is_dangerous = True
    claim.filing.save(update_fields=["is_dangerous"])
    with pytest.raises(NotDecidable, match="danger"):
        approved(claim)
    approved(claim, note="Called: nobody is hurt, the kettle is outside.")
    assert now(claim).state == ClaimState.APPROVED


def test_a_claim_without_a_remedy_is_not_approved() -> None:
    claim = waiting_claim()
    claim.filing.remedy_key = ""
    claim.filing.save(update_fields=["remedy_key"])
    with pytest.raises(NotDecidable, match="No remedy"):
        approved(claim)


def test_what_is_erased_or_a_draft_is_not_decided() -> None:
    draft = OLGA.drafts().claims.get()
    with pytest.raises(NotPossibleNow):
        approve_claim(claim_id=draft.pk, by=rita(), seen=0)
    with pytest.raises(NotPossibleNow):
        approve_claim(claim_id=0, by=rita(), seen=0)


def test_a_unit_that_was_paid_is_paid_again_by_two_people_only() -> None:
    first = waiting_claim()
    approved(first)
    other = waiting_claim(PAVEL)
    with pytest.raises(NotDecidable, match="has a remedy already"):
        approved(other)
    decision = approved(other, note="The first was stolen from the mail.", second_remedy=True)
    assert decision.state == DecisionState.PROPOSED
    assert decision.kind == DecisionKind.APPROVE
    assert now(other).desk == DeskList.SECOND


def test_the_day_of_the_log_is_the_servers() -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, 0, tzinfo=UTC), tick=False):
        decision = approved(waiting_claim())
    assert decision.at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
