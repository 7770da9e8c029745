"""The second opinion: what one person proposes, another confirms or refuses.

Guarantees: who settles it is neither who proposed it nor whoever decided about the claim before;
what both agree on can still be undone for ten minutes.
"""

from collections.abc import Collection

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.cases import case_of, person_of, refuse_unless_payable
from recalldesk.claims.desk.duplicates import lock_both, refuse_unless_claimed_before
from recalldesk.claims.desk.errors import NotDecidable, SecondPersonMissing
from recalldesk.claims.desk.second_rule import may_settle
from recalldesk.claims.desk.stamps import refuse_if_stale
from recalldesk.claims.desk.writing import (
    UNDONE_WITHIN,
    carry_out,
    locked_claim,
    log_decision,
    refuse_unless_known,
)
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.foundation import clock


@transaction.atomic
def confirm_decision(
    *, decision_id: int, by: Staff, seen: int, known: Collection[str] = (), note: str = ""
) -> Decision:
    """Agrees to what another proposes, which then counts; again changes nothing.

    `known`: as for `approve_claim`. Raises NotPermitted, NotPossibleNow, StaleClaim,
    SecondPersonMissing, NotDecidable, NewLeads.
    """
    claim, decision = _proposed(decision_id, by)
    if decision.state == DecisionState.FINAL and decision.settled_by_id == by.pk:
        return decision
    _refuse_unless_settled_by(claim, decision, by, seen)
    if decision.kind == DecisionKind.APPROVE:
        refuse_unless_payable(claim, grant=int(decision.grounds.get("grant", 1)))
        refuse_unless_known(claim, known)
    if decision.kind == DecisionKind.DUPLICATE:
        refuse_unless_claimed_before(claim, int(decision.grounds["of"]))
    _settle(decision, DecisionState.FINAL, by)
    carry_out(claim, decision, by=by, reason=Reason.TWO_PEOPLE, note=note)
    return decision


@transaction.atomic
def refuse_decision(*, decision_id: int, by: Staff, seen: int, note: str) -> Decision:
    """Does not agree; the claim waits for a decision as before, with the note. Again changes
    nothing.

    Raises NotPermitted, NotPossibleNow, StaleClaim, SecondPersonMissing, NotDecidable.
    """
    claim, decision = _proposed(decision_id, by)
    if decision.state == DecisionState.REFUSED and decision.settled_by_id == by.pk:
        return decision
    _refuse_unless_settled_by(claim, decision, by, seen)
    if not note.strip():
        raise NotDecidable("Say why you do not agree.", "Give a note; it is for colleagues.")
    _settle(decision, DecisionState.REFUSED, by)
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.SECOND_REFUSED,
        actor_id=by.pk,
        recall_id=decision.recall_id,
        note=note,
    )
    place_anew(claim.filing)
    return decision


def _proposed(decision_id: int, by: Staff) -> tuple[Claim, Decision]:
    require(by, Permission.DECIDE_SECOND)
    found = Decision.objects.filter(pk=decision_id).first()
    if found is not None and found.kind == DecisionKind.DUPLICATE:
        lock_both(found.claim_id, int(found.grounds["of"]))
    claim = locked_claim(found.claim_id if found else 0)
    return claim, Decision.objects.get(pk=decision_id)


def _refuse_unless_settled_by(claim: Claim, decision: Decision, by: Staff, seen: int) -> None:
    refuse_if_stale(claim, seen)
    if decision.state != DecisionState.PROPOSED:
        raise NotDecidable(
            f"This decision does not wait any more: {DecisionState(decision.state).label}.",
            "Look at the claim again.",
        )
    case = case_of(claim, DecisionKind(decision.kind), proposed=decision)
    if not may_settle(case, person_of(by)):
        raise SecondPersonMissing(
            "You proposed this, or decided about the claim before.",
            "Somebody else has to look at it.",
        )


def _settle(decision: Decision, state: DecisionState, by: Staff) -> None:
    now, before = clock.now(), decision.state
    decision.state, decision.settled_by, decision.settled_at = state, by, now
    decision.takes_effect_at = now + UNDONE_WITHIN
    decision.save(update_fields=["state", "settled_by", "settled_at", "takes_effect_at"])
    log_decision(decision, before=before, by=by)
