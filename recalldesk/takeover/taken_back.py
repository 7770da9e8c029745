"""What waits here for a unit that was paid there waits no more.

Guarantee: it is taken back where nothing was ordered, and its claim goes to a person; where
something was, nothing is changed.
"""

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.states import ClaimState
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import RemedyState
from recalldesk.takeover.kept_files import Reading


def is_taken_back(reading: Reading, unit: bytes) -> bool:
    """Whether nothing waits for the unit any more. The other system paid it."""
    remedy = effective_remedy(unit_digest=unit)
    if remedy is None:
        return True
    claim = Claim.objects.filter(remedy=remedy).first()
    if remedy.state != RemedyState.WAITING or claim is None:
        return False
    filing = locked_filing(claim.filing_id)
    if filing is None or not cancel_remedy(unit_digest=unit, reason=Reason.TAKEN_OVER):
        return False
    claim.refresh_from_db()
    claim.filing = filing
    if claim.state == ClaimState.APPROVED:
        move_claim(
            claim=claim,
            to=ClaimState.IN_REVIEW,
            actor=Actor.STAFF,
            actor_id=reading.by.pk,
            reason=Reason.TAKEN_OVER,
            tags=(DecisionReason.REMEDY_GIVEN,),
        )
    return True
