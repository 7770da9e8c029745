"""What becomes of a claim once all of its photos were looked through.

Guarantees: a photo that is asked for and of no use means one more photo and then a person, never a
refusal; an owner is asked once, and only where what we write arrives; nobody who told of danger is.
"""

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.access import new_link
from recalldesk.claims.letters import is_written_to, mail_photo_asked
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reads import FAILED_PHOTOS, facts_of, stages_of
from recalldesk.claims.rules import photos_missing
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.reads import document_of


def go_on_from_photos(claim: Claim) -> None:
    """Moves a claim whose photos are settled: to its owner or to a person. Its filing is locked."""
    if not _asks_owner(claim):
        move_claim(
            claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=Reason.PHOTOS_SETTLED
        )
        return
    move_claim(
        claim=claim, to=ClaimState.NEEDS_OWNER, actor=Actor.MACHINE, reason=Reason.PHOTO_ASKED
    )
    mail_photo_asked(filing=claim.filing, token=new_link(filing=claim.filing))


def _asks_owner(claim: Claim) -> bool:
    """All that is missing is asked for at once: a claim that was asked before goes to a person."""
    return (
        not claim.filing.is_dangerous
        and is_written_to(claim.filing)
        and bool(_of_no_use(claim))
        and not any(stage.reason == Reason.PHOTO_ASKED for stage in stages_of(claim.pk))
    )


def _of_no_use(claim: Claim) -> frozenset[PhotoKind]:
    """The kinds that the recall asks for, of which photos came and none can be used."""
    filing = claim.filing
    positions = list(filing.claims.order_by("position").values_list("position", flat=True))
    missing = photos_missing(document_of(filing.version).evidence, facts_of(filing))
    failed = {photo.kind for photo in photos_of(claim.evidence) if photo.state in FAILED_PHOTOS}
    return frozenset(
        kind for place, kind in missing if positions[place] == claim.position and kind in failed
    )
