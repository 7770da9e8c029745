"""An owner who put right where the remedy goes gets it: the claim is approved as it was.

Guarantees: only where a remedy came to nothing because it could not be delivered; the unit's next
remedy is granted in the transaction of the change, so that none is given twice and none forgotten;
where the unit was corrected by another way meanwhile, a person decides.
"""

from recalldesk.accounts.models import Staff
from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import granted_by, unit_of
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.states import DECIDED_FOR, ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.states import RemedyState

WITH_PROVIDER = (RemedyState.ORDERED, RemedyState.SENT, RemedyState.DELIVERED)
OWNER_MENDS = frozenset({Reason.CAME_BACK, Reason.ADDRESS_REFUSED, Reason.PAYEE_REFUSED})
"""Why a claim that was approved waits for its owner: where the remedy goes is wrong."""


def is_decided_for(claim: Claim) -> bool:
    """Whether the unit itself is not needed any more: approved, also where the remedy came back."""
    return waits_for_mending(claim) or has_bounced(claim) or claim.state in DECIDED_FOR


def has_bounced(claim: Claim) -> bool:
    """Whether its remedy is at its provider and reached nobody: it is sent again or cancelled there
    before anything else is decided."""
    if claim.state != ClaimState.NEEDS_OWNER or claim.remedy is None:
        return False
    return claim.remedy.state in WITH_PROVIDER


def waits_for_mending(claim: Claim) -> bool:
    """Whether the owner is asked to put right where the remedy goes."""
    return claim.state == ClaimState.NEEDS_OWNER and bool(OWNER_MENDS & set(claim.tags))


def order_again(filing: Filing, *, by: Staff | None = None) -> int:
    """Grants anew what could not be delivered, once details were mended; how many. The filing is
    locked by the caller, in whose transaction it happens. `by`: who put them right at the desk."""
    claims = filing.claims.select_related("evidence", "remedy").order_by("position")
    return sum(_order_again(claim, filing, by) for claim in claims if waits_for_mending(claim))


def _order_again(claim: Claim, filing: Filing, by: Staff | None) -> bool:
    claim.filing = filing
    actor, actor_id = (Actor.STAFF, by.pk) if by else (Actor.OWNER, None)
    # What a person switched one unit to is not what was chosen for all of them.
    key = claim.remedy.key if claim.remedy else filing.remedy_key
    try:
        claim.remedy = grant_remedy(
            unit_digest=unit_of(claim),
            recall=filing.recall,
            key=key,
            orderable_at=clock.now(),
            grant=granted_by(claim),
            held=held_for(claim),
        )
    except RemedyGiven:  # the unit got one by another way meanwhile: a person must see it
        reported = reports_of_unit(unit_of(claim))
        move_claim(
            claim=claim,
            to=ClaimState.IN_REVIEW,
            actor=actor,
            actor_id=actor_id,
            reason=Reason.DETAILS_MENDED,
            tags=(R.REPORTED_ELSEWHERE if reported else R.REMEDY_GIVEN,),
        )
        return False
    move_claim(
        claim=claim,
        to=ClaimState.APPROVED,
        actor=actor,
        actor_id=actor_id,
        reason=Reason.DETAILS_MENDED,
        tags=(),
    )
    return True
