"""A person's decision is undone, for ten minutes.

Guarantees: the claim stands again as it stood before, with what made it wait and the day that was
promised; its remedy is taken back; where somebody else holds the unit by now, it waits contested.
Of undoing and telling the owner one happens: both lock the filing.
"""

from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import take_remedy_back
from recalldesk.claims.desk.errors import TooLateToUndo
from recalldesk.claims.desk.writing import MOVES_TO, locked_claim, log_decision
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState
from recalldesk.claims.untold import promised_before, untold_of
from recalldesk.foundation import clock


@transaction.atomic
def undo_decision(*, decision_id: int, by: Staff, note: str = "") -> Decision:
    """Undoes a decision of one's own, or as somebody who gives second opinions any one; and takes
    back what was proposed. Again changes nothing.

    Raises NotPermitted, NotPossibleNow, TooLateToUndo.
    """
    require(by, Permission.DECIDE_CLAIM)
    found = Decision.objects.filter(pk=decision_id).values_list("claim_id", flat=True).first()
    claim = locked_claim(found or 0)
    decision = Decision.objects.get(pk=decision_id)
    if decision.state == DecisionState.UNDONE:
        return decision
    if by.pk not in (decision.by_id, decision.settled_by_id):
        require(by, Permission.DECIDE_SECOND)
    if decision.state == DecisionState.FINAL:
        if not can_be_undone(claim, decision):
            raise TooLateToUndo(
                "This decision cannot be undone any more: its owner is told.",
                "Somebody who gives second opinions can give the claim back to review.",
            )
        _restore(claim, decision, actor=Actor.STAFF, by=by, note=note)
    elif decision.state != DecisionState.PROPOSED:
        raise TooLateToUndo("A second person refused this decision already.", "Decide anew.")
    _close(claim, decision, by=by)
    return decision


def can_be_undone(claim: Claim, decision: Decision) -> bool:
    """Whether a decision that counts may still be undone: nobody was told, and the claim stands as
    it says."""
    newest = untold_of(claim)
    return (
        newest is not None
        and newest.pk == decision.pk
        and clock.now() < decision.takes_effect_at
        and claim.state == MOVES_TO[DecisionKind(decision.kind)]
    )


def _restore(
    claim: Claim, decision: Decision, *, actor: Actor, by: Staff | None, note: str = ""
) -> None:
    before, filing = decision.grounds, claim.filing
    if decision.kind == DecisionKind.APPROVE:
        take_remedy_back(claim)
    move_claim(
        claim=claim,
        to=ClaimState.IN_REVIEW,
        actor=actor,
        actor_id=by.pk if by else None,
        reason=Reason.UNDONE,
        note=note,
        tags=before["tags"],
    )
    claim.state_since = datetime.fromisoformat(before["since"])
    claim.promised_on = promised_before(decision)
    if before["held"] and not claim.holds_unit and hold_unit(claim) is not None:
        claim.tags = sorted({*claim.tags, Reason.CONTESTED.value})
    claim.save(update_fields=["state_since", "promised_on", "tags"])
    wrote_at = before["owner_wrote_at"]
    if wrote_at and filing.owner_wrote_at is None:
        filing.owner_wrote_at = datetime.fromisoformat(wrote_at)
        filing.save(update_fields=["owner_wrote_at"])


def _close(claim: Claim, decision: Decision, *, by: Staff | None) -> None:
    before = decision.state
    decision.state = DecisionState.UNDONE
    if decision.settled_by_id is None:
        decision.settled_by = by
    decision.settled_at = clock.now()
    decision.save(update_fields=["state", "settled_by", "settled_at"])
    log_decision(decision, before=before, by=by)
    place_anew(claim.filing)
    claim.refresh_from_db(fields=["desk"])


def take_back_untold(claim: Claim, *, actor: Actor = Actor.OWNER) -> None:
    """What waits for a second person, or was not told, is undone: before an owner withdraws, or
    where others reported the unit. The filing is locked."""
    for proposed in claim.decisions.filter(state=DecisionState.PROPOSED):
        _close(claim, proposed, by=None)
    decision = untold_of(claim)
    if decision is not None and claim.state == MOVES_TO[DecisionKind(decision.kind)]:
        _restore(claim, decision, actor=actor, by=None)
        _close(claim, decision, by=None)
