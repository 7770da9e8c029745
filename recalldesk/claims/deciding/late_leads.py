"""What a later claim leads to when nothing can be taken back any more is kept for a person.

Guarantees: one row for each claim and later claim, whoever comes first and however often; the
claim stands in the desk's list until a person says what they found; its owner is told nothing.
"""

from collections.abc import Collection, Set

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.models import Claim, LateLead
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.states import LeadState


def keep_late_lead(*, claim: Claim, later_id: int, reasons: Set[DecisionReason]) -> None:
    """Notes that a later claim leads to one whose remedy is ordered. Its filing is locked.

    Nothing is noted of a claim that was found fraudulent; nor, of one that was found honest, for
    reasons that whoever found it so had before them.
    """
    kept = list(claim.late_leads.all())
    if any(row.later_id == later_id or row.state == LeadState.FRAUD for row in kept):
        return
    looked_at = {reason for row in kept if row.state == LeadState.HONEST for reason in row.reasons}
    if reasons <= looked_at:
        return
    LateLead.objects.create(
        claim=claim, later_id=later_id, reasons=sorted(reason.value for reason in reasons)
    )
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.LED_TO_LATE,
        actor=Actor.MACHINE,
        recall_id=claim.recall_id,
    )
    place_anew(claim.filing)


def found_fraudulent(filing_ids: Collection[int]) -> tuple[int, ...]:
    """The claims of these filings of which a person found that they are fraud."""
    found = LateLead.objects.filter(claim__filing_id__in=filing_ids, state=LeadState.FRAUD)
    return tuple(found.order_by("claim_id").values_list("claim_id", flat=True).distinct())
