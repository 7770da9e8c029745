"""A claim that came in before, of which a later file says that it was paid.

Guarantee: it is never approved here as if nobody had paid it: what waits for a person here becomes
what that system gave, or waits until somebody finds out; where neither can be, the line is refused.
"""

from django.db import transaction

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.states import EFFECTIVE, Held, RemedyState
from recalldesk.remedies.taking_over import Owed, owe
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim

UNDECIDED = (ClaimState.IN_REVIEW, ClaimState.NEEDS_OWNER)
NONE_OWED = "names a claim to which nothing is owed here: a person decides it first"
GONE_ON = "is of a claim whose remedy was let go on here: it may be given twice"
OTHERWISE = "says something else of the remedy than is known of it here"


def called_paid(reading: Reading, claim: Claim, key: str) -> bool | str:
    """It is said to be paid, and not by what: what is owed here waits for a person, who finds out.
    `key`: of the remedy that it would be."""
    remedy = claim.remedy
    if remedy is None:
        return owed_after_all(reading, claim, key, Held.MAYBE_SENT)
    if remedy.state not in EFFECTIVE:
        return OTHERWISE
    if remedy.state != RemedyState.WAITING or remedy.held == Held.MAYBE_SENT:
        return False
    if TakenClaim.objects.filter(claim=claim, is_paid=True).exists():
        return False  # it said so when it came, and waits since
    if remedy.held != Held.TAKEN_OVER:
        return GONE_ON
    remedy.held = Held.MAYBE_SENT
    remedy.save(update_fields=["held"])
    return True


def owed_after_all(reading: Reading, claim: Claim, key: str, held: Held) -> bool | str:
    """A claim that nobody decided here has its remedy, which waits; or why not."""
    filing = locked_filing(claim.filing_id)
    assert filing is not None  # what was filed is never deleted
    claim.refresh_from_db()
    claim.filing = filing
    if claim.state not in UNDECIDED or claim.remedy_id is not None:
        return NONE_OWED
    try:
        with transaction.atomic():
            (claim.remedy,) = owe(reading.recall, [Owed(unit_of(claim), key, held)], by=reading.by)
    except RemedyGiven:
        return OTHERWISE
    move_claim(
        claim=claim,
        to=ClaimState.APPROVED,
        actor=Actor.STAFF,
        actor_id=reading.by.pk,
        reason=Reason.TAKEN_OVER,
        tags=(),
    )
    return True
