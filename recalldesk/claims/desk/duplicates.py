"""Whether a claim is one too many, because its owner claimed the unit before.

Guarantee: of all claims of one unit by one owner one goes on. A claim is a duplicate only of one
that was sent and still may be paid; both filings are locked while that is looked at, in one order.
"""

from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.states import HOLDS_NOTHING, FilingState


def lock_both(claim_id: int, of_claim_id: int) -> None:
    """Locks the filings of both, the older first, so that no two people wait for each other."""
    claims = Claim.objects.filter(pk__in=(claim_id, of_claim_id))
    for filing_id in sorted({*claims.values_list("filing_id", flat=True)}):
        locked_filing(filing_id)


def refuse_unless_claimed_before(claim: Claim, of_claim_id: int) -> None:
    """Raises NotDecidable unless the other is a claim of the same unit by the same owner that goes
    on. Call it with both filings locked."""
    other = Claim.objects.select_related("filing").filter(pk=of_claim_id).first()
    if other is None or not _is_of_the_same(claim, other):
        raise NotDecidable(
            "That is no other claim of this unit by the same owner.",
            "Decline it for a reason of the recall's list instead.",
        )
    if other.filing.state != FilingState.FILED or other.state in HOLDS_NOTHING:
        raise NotDecidable(
            "That claim does not go on: if this one ended too, nobody would be paid.",
            "Decide this one on its merits.",
        )


def _is_of_the_same(claim: Claim, other: Claim) -> bool:
    """Whether both are claims of one unit by one owner. Of one without a serial a person says so,
    where it can be: another filing of the recall, for the same product."""
    one, two = claim.filing, other.filing
    is_owner = claim.filing_id == other.filing_id or (
        bool(one.email_digest and one.email_digest == two.email_digest)
        or bool(one.phone_digest and one.phone_digest == two.phone_digest)
    )
    return claim.pk != other.pk and is_owner and _may_be_one_unit(claim, other)


def _may_be_one_unit(claim: Claim, other: Claim) -> bool:
    if claim.unit_digest:
        return claim.unit_digest == other.unit_digest
    return (
        claim.filing_id != other.filing_id
        and claim.filing.recall_id == other.filing.recall_id
        and claim.product == other.product
    )
