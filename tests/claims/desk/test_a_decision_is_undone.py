"""For ten minutes a decision can be undone, as if it had never been; then its owner is told."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.bulk import approve_many
from recalldesk.claims.desk.deciding import approve_claim, ask_owner, decline_claim, mark_duplicate
from recalldesk.claims.desk.errors import StaleClaim, TooLateToUndo
from recalldesk.claims.desk.second import confirm_decision, refuse_decision
from recalldesk.claims.desk.telling import LOOKED_BACK, left_untold, tell_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import appeal, owner_wrote, withdraw_filing
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.reads import messages_of, seen_by_owner, stages_of
from recalldesk.claims.states import ClaimState, DecisionState, DeskList
from recalldesk.claims.untold import TOLD
from recalldesk.jobs.errors import NotYet
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import EFFECTIVE, RemedyState
from tests.claims.desk.people import (
    approved,
    declined,
    filing_of,
    now,
    remo,
    rita,
    seen,
    senta,
    waiting_claim,
)
from tests.claims.owner import PAVEL, claim_of, letters_of, log_of, moved
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
TEN = timedelta(minutes=10)


def later(decision: Decision, by: timedelta = timedelta()) -> time_machine.travel:
    return time_machine.travel(decision.takes_effect_at + by, tick=False)


def tell(decision: Decision) -> bool:
    with later(decision):
        return tell_decision(decision_id=decision.pk)


def decided(claim: Claim, kind: str) -> Decision:
    if kind == "approve":
        return approved(claim)
    if kind == "decline":
        return declined(claim, words="The photo shows a lamp.")
    if kind == "ask":
        return ask_owner(claim_id=claim.pk, by=rita(), seen=seen(claim), words="Which flat?")
    other = waiting_claim()
    return mark_duplicate(claim_id=claim.pk, of_claim_id=other.pk, by=rita(), seen=seen(claim))


@pytest.mark.parametrize("kind", ["approve", "decline", "ask"])
def test_what_is_undone_stands_as_it_stood(kind: str) -> None:
    claim = waiting_claim()
    Claim.objects.filter(pk=claim.pk).update(
        tags=["label_differs", "like_photo"], promised_on=date(2026, 12, 24)
    )
    before = now(claim)
    decision = undo_decision(decision_id=decided(claim, kind).pk, by=rita())
    after = now(claim)
    assert decision.state == DecisionState.UNDONE
    kept = ("state", "tags", "promised_on", "desk", "holds_unit", "is_appealed", "state_since")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert log_of(Subject.CLAIM, claim.pk)[-1][1:] == ("in_review", "undone")
    assert not Remedy.objects.filter(state__in=EFFECTIVE).exists()


@pytest.mark.parametrize("kind", ["approve", "decline", "ask"])
def test_the_owner_is_never_told_of_what_was_undone(kind: str) -> None:
    claim = waiting_claim()
    letters = len(letters_of(claim.filing))
    stages = stages_of(claim.pk)
    decision = decided(claim, kind)
    undo_decision(decision_id=decision.pk, by=rita())
    assert not tell(decision)
    assert len(letters_of(claim.filing)) == letters
    assert stages_of(claim.pk) == stages
    assert messages_of(claim.filing) == ()


def test_a_claim_that_was_undone_is_decided_anew_with_the_next_remedy() -> None:
    claim = waiting_claim()
    undo_decision(decision_id=approved(claim).pk, by=rita())
    approved(claim)
    turns = Remedy.objects.order_by("turn").values_list("turn", "state")
    assert list(turns) == [(1, RemedyState.CANCELLED), (2, RemedyState.WAITING)]


def test_undone_twice_is_undone_once() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    undo_decision(decision_id=decision.pk, by=rita())
    moves = log_of(Subject.CLAIM, claim.pk)
    undo_decision(decision_id=decision.pk, by=rita())
    assert log_of(Subject.CLAIM, claim.pk) == moves


def test_a_colleague_does_not_undo_it_and_a_senior_does() -> None:
    decision = approved(waiting_claim())
    with pytest.raises(NotPermitted):
        undo_decision(decision_id=decision.pk, by=remo())
    assert undo_decision(decision_id=decision.pk, by=senta()).state == DecisionState.UNDONE


def test_after_ten_minutes_it_stands() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    with later(decision), pytest.raises(TooLateToUndo):
        undo_decision(decision_id=decision.pk, by=rita())
    assert now(claim).state == ClaimState.APPROVED


@pytest.mark.parametrize("kind", ["approve", "decline", "ask"])
def test_until_it_is_told_the_owner_sees_a_claim_in_review(kind: str) -> None:
    claim = waiting_claim()
    known = seen_by_owner(claim.filing).units[0]
    stages = stages_of(claim.pk)
    decision = decided(claim, kind)
    filing = filing_of(claim)
    assert seen_by_owner(filing).units[0] == known
    assert stages_of(claim.pk) == stages
    assert tell(decision)
    assert seen_by_owner(filing).units[0].state == now(claim).state
    assert stages_of(claim.pk)[-1].state == now(claim).state


def test_the_owner_is_told_once_however_often_the_job_runs() -> None:
    claim = waiting_claim()
    decision = declined(claim, words="The photo shows a lamp.")
    letters = len(letters_of(claim.filing))
    assert tell(decision)
    assert not tell(decision)
    assert len(letters_of(claim.filing)) == letters + 1
    assert len(messages_of(claim.filing)) == 1


def test_a_job_that_comes_early_waits() -> None:
    decision = approved(waiting_claim())
    with pytest.raises(NotYet):
        tell_decision(decision_id=decision.pk)


def test_a_job_that_dies_before_its_end_leaves_nothing_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from recalldesk.claims.desk import telling

    claim = waiting_claim()
    decision = declined(claim)
    letters = len(letters_of(claim.filing))

    def dies(**_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(telling, "record_change", dies)
        with pytest.raises(RuntimeError):
            tell(decision)
    assert (len(letters_of(claim.filing)), messages_of(claim.filing)) == (letters, ())
    assert tell(decision)
    assert len(letters_of(claim.filing)) == letters + 1


def test_a_decision_whose_job_was_lost_is_found_and_told() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    assert left_untold() == []
    with later(decision, by=TEN):
        assert left_untold() == [decision.pk]
        tell_decision(decision_id=decision.pk)
        assert left_untold() == []


def test_the_letter_of_a_declined_claim_says_why_and_how_to_appeal() -> None:
    claim = waiting_claim()
    tell(declined(claim, words="The photo shows a lamp."))
    text = letters_of(claim.filing)[-1][3].replace("\n", " ")
    assert "We cannot approve your claim" in text
    assert "another person" in text
    assert "lamp" not in text
    said = messages_of(claim.filing)[-1].text
    assert "lamp" in said
    assert "another person" in said


def test_it_is_in_the_owners_language() -> None:
    claim = waiting_claim()
    claim.filing.language = "es"
    claim.filing.save(update_fields=["language"])
    tell(declined(claim))
    assert "cannot" not in letters_of(claim.filing)[-1][3]


def test_where_somebody_else_took_the_unit_it_waits_contested() -> None:
    claim = waiting_claim()
    decision = declined(claim)
    other = waiting_claim(PAVEL)
    assert now(other).holds_unit
    undo_decision(decision_id=decision.pk, by=rita())
    assert not now(claim).holds_unit
    assert "contested" in now(claim).tags
    assert now(claim).desk == DeskList.REVIEW


def test_an_owner_who_withdraws_meanwhile_is_heard() -> None:
    claim = waiting_claim()
    decision = declined(claim)
    withdraw_filing(filing_id=claim.filing_id)
    assert now(claim).state == ClaimState.WITHDRAWN
    assert Decision.objects.get(pk=decision.pk).state == DecisionState.UNDONE
    assert not tell(decision)
    assert [stage.state for stage in stages_of(claim.pk)][-2:] == ["in_review", "withdrawn"]


def test_an_owner_who_withdraws_what_was_approved_gets_no_remedy() -> None:
    claim = waiting_claim()
    tell(approved(claim))
    withdraw_filing(filing_id=claim.filing_id)
    assert [remedy.state for remedy in Remedy.objects.all()] == [RemedyState.CANCELLED]


def test_nobody_appeals_against_what_nobody_was_told() -> None:
    claim = waiting_claim()
    decision = declined(claim)
    with pytest.raises(NotPossibleNow):
        appeal(filing_id=claim.filing_id, text="No!", nonce="n")
    tell(decision)
    appeal(filing_id=claim.filing_id, text="No!", nonce="n")
    assert now(claim).desk == DeskList.APPEAL


def test_what_the_owner_wrote_waits_again_when_the_answer_is_undone() -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text="Is it dangerous?", nonce="n")
    assert now(claim).desk == DeskList.ANSWERED
    decision = declined(claim)
    assert now(claim).desk == DeskList.NONE
    assert filing_of(claim).owner_wrote_at is None
    undo_decision(decision_id=decision.pk, by=rita())
    assert filing_of(claim).owner_wrote_at is not None
    assert now(claim).desk == DeskList.ANSWERED


def test_the_job_of_a_decision_does_it_all() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    with later(decision, by=timedelta(seconds=1)):
        assert "claims.tell_decision" in run_jobs(tasks=["claims.tell_decision"])
    rows = StateChange.objects.filter(subject=Subject.DECISION, subject_id=decision.pk)
    assert list(rows.values_list("to_state", flat=True)) == ["final", TOLD]


def test_what_an_owner_writes_meanwhile_is_no_answer_to_what_they_were_not_asked() -> None:
    claim = waiting_claim()
    decision = decided(claim, "ask")
    stages = stages_of(claim.pk)
    owner_wrote(filing_id=claim.filing_id, text="One more thing.", nonce="n")
    assert (now(claim).state, now(claim).desk) == (ClaimState.NEEDS_OWNER, DeskList.ANSWERED)
    assert stages_of(claim.pk) == stages
    tell(decision)
    owner_wrote(filing_id=claim.filing_id, text="The second.", nonce="m")
    assert (now(claim).state, now(claim).desk) == (ClaimState.IN_REVIEW, DeskList.ANSWERED)


def test_an_approval_is_told_as_one_also_where_its_remedy_was_ordered_meanwhile() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    moved(now(claim), ClaimState.REMEDY_ORDERED)
    assert tell(decision)
    assert "approved" in letters_of(claim.filing)[-1][3]


@pytest.mark.parametrize("kind", ["approve", "decline", "ask"])
def test_an_old_form_sent_after_an_undo_says_what_happened(kind: str) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    verbs: dict[str, Callable[..., Decision]] = {
        "approve": approve_claim,
        "decline": partial(decline_claim, reason="other"),
        "ask": partial(ask_owner, words="Which flat?"),
    }
    send = partial(verbs[kind], claim_id=claim.pk, by=rita(), seen=stamp)
    undo_decision(decision_id=send().pk, by=rita())
    with pytest.raises(StaleClaim):
        send()
    assert now(claim).state == ClaimState.IN_REVIEW


def test_an_old_form_is_no_second_proposal_once_the_first_was_refused() -> None:
    claim = claim_of(PAVEL.files())
    send = partial(approve_claim, claim_id=claim.pk, by=rita(), seen=seen(claim), note="By phone.")
    refuse_decision(decision_id=send().pk, by=senta(), seen=seen(claim), note="No proof.")
    with pytest.raises(StaleClaim):
        send()


def test_of_many_at_once_an_old_form_says_that_they_were_undone() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    assert [each.why_not for each in approve_many(seen={claim.pk: stamp}, by=rita())] == [""]
    undo_decision(decision_id=claim.decisions.get(by=rita()).pk, by=rita())
    (outcome,) = approve_many(seen={claim.pk: stamp}, by=rita())
    assert outcome.why_not
    assert now(claim).state == ClaimState.IN_REVIEW


def test_what_waited_long_for_a_second_person_is_told_though_its_job_was_lost() -> None:
    claim = claim_of(PAVEL.files())
    proposed = approved(claim, note="By phone.")
    with time_machine.travel(proposed.at + 3 * LOOKED_BACK, tick=False):
        decision = confirm_decision(decision_id=proposed.pk, by=senta(), seen=seen(claim))
    with later(decision, by=timedelta(minutes=6)):
        assert left_untold() == [decision.pk]
    with later(decision, by=LOOKED_BACK + TEN):
        assert left_untold() == []
