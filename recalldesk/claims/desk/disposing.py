"""The desk on how a unit was got rid of: a photo that an owner sent, or what they said by phone.

Guarantees: who cannot use the page is not left waiting for a remedy: what they tell the desk ends
the wait as their own word does; a photo is refused with words to its owner; each step is logged.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.writing import locked_claim
from recalldesk.claims.letters import mail_changed
from recalldesk.claims.messages import refuse_unfit_words
from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.disposal import end_wait, note_no_site
from recalldesk.claims.remedying.mended import is_decided_for
from recalldesk.claims.remedying.proving import settle
from recalldesk.claims.states import Proof
from recalldesk.evidence.reads import newest_of_kind
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock

PAGE = 50


@dataclass(frozen=True)
class ProofWaiting:
    """A claim whose photo a person looks at. `since`: when the newest photo came."""

    claim_id: int
    reference: str
    position: int
    recall: str
    photo_id: int
    since: datetime


@transaction.atomic
def accept_proof(*, claim_id: int, by: Staff, note: str = "") -> Claim:
    """Accepts the photo that waits. Again changes nothing. Raises NotPermitted, NotDecidable,
    NotPossibleNow."""
    claim = _with_proof(claim_id, by)
    if claim.proof != Proof.ACCEPTED:
        settle(claim, Proof.ACCEPTED, actor=Actor.STAFF, by=by, note=note.strip())
    return claim


@transaction.atomic
def refuse_proof(*, claim_id: int, by: Staff, words: str) -> Claim:
    """Asks the owner for another photo, in words of the desk, which are mailed.
    Raises NotPermitted, NotDecidable, FieldsRefused, NotPossibleNow."""
    claim = _with_proof(claim_id, by)
    if claim.proof == Proof.ACCEPTED:
        raise NotDecidable("The photo was accepted already.", "Write to the owner.")
    refuse_unfit_words(words)
    settle(claim, Proof.REFUSED, actor=Actor.STAFF, by=by, note=words.strip())
    mail_changed(filing=claim.filing, what=words.strip())
    return claim


@transaction.atomic
def note_told(*, claim_id: int, by: Staff, no_site: bool, note: str) -> Claim:
    """Notes what an owner told the desk: that the unit is got rid of, or that no place takes it.
    Again changes nothing. Raises NotPermitted, NotDecidable, NotPossibleNow."""
    require(by, Permission.ENTER_CLAIM)
    claim = locked_claim(claim_id)
    if not is_decided_for(claim):
        raise NotDecidable("The unit may still be needed to decide.", "Decide the claim first.")
    if not note.strip():
        raise NotDecidable("Say how the owner told it.", "It stands sealed in the log.")
    if no_site:
        if claim.disposed_on is None and note_no_site(claim):
            _log(claim, Reason.NO_SITE, by, note)
    elif claim.disposed_on is None:
        claim.disposed_on = clock.now().date()
        claim.save(update_fields=["disposed_on"])
        end_wait(claim)
        _log(claim, Reason.DISPOSED, by, note)
    return claim


def proofs_waiting(*, by: Staff, after: int = 0) -> list[ProofWaiting]:
    """A page of the claims whose photo a person looks at, beyond a claim's number."""
    require(by, Permission.SEE_CLAIMS)
    rows = Claim.objects.filter(proof=Proof.WITH_PERSON, pk__gt=after).order_by("pk")
    claims = list(rows.select_related("filing", "recall").defer("sealed_serial")[:PAGE])
    photos = newest_of_kind([claim.evidence_id for claim in claims], PhotoKind.DISPOSAL)
    return [
        ProofWaiting(
            claim_id=claim.pk,
            reference=claim.filing.reference,
            position=claim.position,
            recall=claim.recall.slug,
            photo_id=photos[claim.evidence_id].pk,
            since=photos[claim.evidence_id].received_at,
        )
        for claim in claims
        if claim.evidence_id in photos
    ]


def _with_proof(claim_id: int, by: Staff) -> Claim:
    require(by, Permission.DECIDE_CLAIM)
    claim = locked_claim(claim_id)
    if claim.proof not in (Proof.WITH_PERSON, Proof.ACCEPTED):
        raise NotDecidable("No photo waits to be looked at.", "Load the page again.")
    return claim


def _log(claim: Claim, reason: Reason, by: Staff, note: str) -> None:
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=reason,
        actor=Actor.STAFF,
        actor_id=by.pk,
        recall_id=claim.recall_id,
        note=note.strip(),
    )
