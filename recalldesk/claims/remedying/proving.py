"""An owner proves by a photo that a unit was got rid of.

Guarantees: what was accepted stays; a photo that is of no use is answered with what to do, never
left without a word; the remedy that waited goes on in the transaction of the acceptance; who cannot
take photos is asked for none.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.letters import mail_changed
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.disposal import end_wait
from recalldesk.claims.remedying.mended import is_decided_for
from recalldesk.claims.remedying.proof_rule import ProofFacts, ruling_on_proof
from recalldesk.claims.states import FilingState, Proof
from recalldesk.claims.untold import as_told
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Attestation
from recalldesk.recalls.reads import document_of

OPEN_PROOF = frozenset({Proof.NONE, Proof.WAITING, Proof.REFUSED})
"""In these a photo that comes is looked at anew."""
REASONS = {
    Proof.WAITING: Reason.PROOF_SENT,
    Proof.WITH_PERSON: Reason.PROOF_SENT,
    Proof.ACCEPTED: Reason.PROVEN,
    Proof.REFUSED: Reason.PROOF_REFUSED,
}


def is_proof_asked(claim: Claim) -> bool:
    """Whether the recall asks the owner of this unit for a photo: not of who cannot take one."""
    disposal = document_of(claim.filing.version).disposal
    return disposal.attestation is Attestation.PROVEN and not claim.cannot_photograph


@transaction.atomic
def prove_disposal(*, filing_id: int, position: int) -> None:
    """The owner sent a photo; it is looked at here where it waits for nothing, else by its job.

    Raises NotPossibleNow while the unit may still be needed to decide.
    """
    filing = filed(filing_id)
    claim = filing.claims.select_related("evidence").filter(position=position).first()
    if claim is None or not is_decided_for(claim) or claim.pk in as_told(filing):
        raise NotPossibleNow
    claim.filing = filing
    look_at_proof(claim)


def look_at_proof(claim: Claim) -> None:
    """Takes what came since the last look. The filing is locked; again changes nothing."""
    if claim.proof not in OPEN_PROOF or not is_proof_asked(claim) or not is_decided_for(claim):
        return
    photos = list(_came_since(claim))
    if not photos:
        return
    facts = ProofFacts(
        has_picture=any(photo.state == PhotoState.CLEAN for photo in photos),
        is_waiting=any(photo.state in WAITING for photo in photos),
        was_seen_before=any(_was_seen_before(photo) for photo in photos),
        is_dangerous=claim.filing.is_dangerous,
    )
    ruled = ruling_on_proof(facts, by=document_of(claim.filing.version).disposal.proof_by)
    if ruled == claim.proof:
        return
    settle(claim, ruled, actor=Actor.OWNER if ruled == Proof.WAITING else Actor.MACHINE)
    if ruled == Proof.REFUSED:
        with override(claim.filing.language):
            mail_changed(
                filing=claim.filing,
                what=gettext(
                    "The photo of how you got rid of the product cannot be used. On the page of "
                    "your claim you can send another one, or tell us that no place near you takes "
                    "it."
                ),
            )


def settle(
    claim: Claim, to: Proof, *, actor: Actor, by: Staff | None = None, note: str = ""
) -> None:
    """Writes what became of the photo, in row and log; once accepted, no remedy waits for it."""
    before, claim.proof = claim.proof, to
    if to in (Proof.ACCEPTED, Proof.REFUSED):
        claim.proof_at = clock.now()
    if to == Proof.ACCEPTED and claim.disposed_on is None:
        claim.disposed_on = clock.now().date()
    claim.save(update_fields=["proof", "proof_at", "disposed_on"])
    if to == Proof.ACCEPTED:
        end_wait(claim)
    if before == Proof.WAITING and to == Proof.WITH_PERSON:
        return  # the log has that it came
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=REASONS[to],
        actor=actor,
        actor_id=by.pk if by else None,
        recall_id=claim.recall_id,
        note=note,
    )


def proofs_left() -> QuerySet[Claim]:
    """Claims whose proof waits, in case its job was lost."""
    return Claim.objects.filter(proof=Proof.WAITING, filing__state=FilingState.FILED)


def _came_since(claim: Claim) -> Iterable[Photo]:
    rows = claim.evidence.photos.filter(kind=PhotoKind.DISPOSAL)
    rows = rows.exclude(state=PhotoState.REMOVED)
    if claim.proof_at is not None:
        rows = rows.filter(received_at__gt=claim.proof_at)
    return rows.order_by("pk")


def _was_seen_before(photo: Photo) -> bool:
    same = Q(pk__in=[])
    if photo.original_digest:
        same |= Q(original_digest=photo.original_digest)
    if photo.picture_digest:
        same |= Q(picture_digest=photo.picture_digest)
    return (
        Photo.objects.filter(same)
        .exclude(pk=photo.pk)
        .exclude(evidence_set_id=photo.evidence_set_id, kind=PhotoKind.DISPOSAL)
        .exists()
    )
