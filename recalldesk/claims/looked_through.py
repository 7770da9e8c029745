"""What becomes of a claim once all of its photos were looked through, and read.

Guarantees: a photo that is asked for and of no use, or does not show what was to be written, means
one more photo and then a person, never a refusal; an owner is asked once, and only where what we
write arrives; nobody who told of danger is.
"""

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.access import new_link
from recalldesk.claims.completeness import photos_missing
from recalldesk.claims.letters import is_written_to, mail_photo_asked
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.photo_facts import LabelReads, PhotoFacts
from recalldesk.claims.photos_read import photo_facts_of
from recalldesk.claims.reads import FAILED_PHOTOS, SeenFiling, SeenUnit, seen_filing, stages_of
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.states import PhotoKind, ReadingState
from recalldesk.recalls.document.remedy import Mark

LOOKED_FOR_AGAIN = frozenset({Mark.WORD, Mark.CODE, Mark.NAME})
"""Of a date the day of the photo is known and not the day of the writing: a person looks at it."""


def go_on_from_photos(claim: Claim) -> None:
    """Moves a claim whose photos are settled: to its owner or to a person. Its filing is locked,
    and the claim was just sent or is being checked.
    """
    seen = seen_filing(claim.filing)
    unit = next(each for each in seen.units if each.claim_id == claim.pk)
    facts = photo_facts_of(seen, unit)
    if not _asks_owner(claim, seen, unit, facts):
        reason = reason_for_a_person(facts)
        move_claim(claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=reason)
        return
    if claim.state != ClaimState.CHECKING:
        move_claim(claim=claim, to=ClaimState.CHECKING, actor=Actor.MACHINE)
    move_claim(
        claim=claim, to=ClaimState.NEEDS_OWNER, actor=Actor.MACHINE, reason=Reason.PHOTO_ASKED
    )
    mail_photo_asked(filing=claim.filing, token=new_link(filing=claim.filing))


def reason_for_a_person(facts: PhotoFacts) -> Reason:
    """Why a person looks at a claim whose photos say this."""
    if facts.label is LabelReads.OTHERWISE:
        return Reason.LABEL_DIFFERS
    return Reason.MARK_NOT_SEEN if facts.missing_marks else Reason.PHOTOS_SETTLED


def is_looked_for_again(unit: SeenUnit, facts: PhotoFacts) -> bool:
    """Whether one more photo of what was written may help. One that we could not read is ours to
    look at, and no reason to ask its owner for another.
    """
    marked = [photo for photo in unit.photos if photo.kind == PhotoKind.MARKING]
    are_read = all(
        photo.reading == ReadingState.READ or photo.state in FAILED_PHOTOS for photo in marked
    )
    return are_read and bool(facts.missing_marks & LOOKED_FOR_AGAIN)


def _asks_owner(claim: Claim, seen: SeenFiling, unit: SeenUnit, facts: PhotoFacts) -> bool:
    """All that is missing is asked for at once: a claim that was asked before goes to a person."""
    return (
        not claim.filing.is_dangerous
        and is_written_to(claim.filing)
        and (bool(_of_no_use(seen, unit)) or is_looked_for_again(unit, facts))
        and not any(stage.reason == Reason.PHOTO_ASKED for stage in stages_of(claim.pk))
    )


def _of_no_use(seen: SeenFiling, unit: SeenUnit) -> frozenset[PhotoKind]:
    """The kinds that the recall asks for, of which photos came and none can be used."""
    place = seen.units.index(unit)
    missing = photos_missing(seen.document.evidence, seen.facts)
    failed = {photo.kind for photo in unit.photos if photo.state in FAILED_PHOTOS}
    return frozenset(kind for at, kind in missing if at == place and kind in failed)
