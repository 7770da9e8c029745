"""Whether a remedy waits until its owner has got rid of the unit, and what ends that wait.

Guarantee: it never waits for what an owner cannot do: "no place near me takes it" ends it as well,
and is counted; nor for a unit that is gone.
"""

from recalldesk.claims.models import Claim
from recalldesk.claims.states import UnitReading
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Attestation, Disposal, DisposalMoment
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.actions import let_order
from recalldesk.remedies.states import Held

DONE_FIRST = (Attestation.CONFIRMED, Attestation.PROVEN)
"""With these the firm asks for more than a promise, which is given with the claim."""


def comes_first(disposal: Disposal) -> bool:
    """Whether the recall asks that the unit be got rid of before the remedy comes."""
    is_before = disposal.moment is DisposalMoment.BEFORE_REMEDY
    return is_before and disposal.attestation in DONE_FIRST


def held_for(claim: Claim) -> Held:
    """Why the remedy of a claim that is approved now is not to be ordered yet."""
    is_done = claim.disposed_on is not None or claim.no_site_on is not None
    if is_done or claim.reading == UnitReading.GONE:
        return Held.NONE
    return Held.DISPOSAL if comes_first(document_of(claim.filing.version).disposal) else Held.NONE


def note_no_site(claim: Claim) -> bool:
    """Notes that no place near the owner takes the unit; False where it was noted. The filing is
    locked. The unit is not counted as got rid of, and the remedy does not wait for it."""
    if claim.no_site_on is not None:
        return False
    claim.no_site_on = clock.now().date()
    claim.save(update_fields=["no_site_on"])
    end_wait(claim)
    return True


def end_wait(claim: Claim) -> None:
    """Lets the remedy be ordered that waited for disposal."""
    if claim.remedy_id is not None:
        let_order(remedy_id=claim.remedy_id)
