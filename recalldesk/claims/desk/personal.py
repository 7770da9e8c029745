"""An owner's personal data in full, and their photos.

Guarantees: who may not see personal data sees neither; no address is shown and no photo handed out
as a file before the log says to whom, and why. A photo that is looked at is not logged by itself:
that somebody opened its claim is.
"""

import json
from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.claim_page import sent_claim
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.models import Claim
from recalldesk.claims.reads import photo_of
from recalldesk.evidence.models import Photo
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True, repr=False)
class Personal:
    """How to reach an owner, and where what goes. `address` and `payee` are by field."""

    name: str
    email: str
    phone: str
    address: dict[str, str]
    payee: dict[str, str]


@transaction.atomic
def show_personal(*, claim_id: int, by: Staff, reason: str) -> Personal:
    """All of it. Raises NotPermitted, NoReason, NoSuchClaim, SealingError."""
    require(by, Permission.SEE_PERSONAL)
    if not reason.strip():
        raise NoReason
    claim = sent_claim(claim_id)
    _log(claim, Reason.PERSONAL_SHOWN, by, reason)
    filing = claim.filing
    return Personal(
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        address=json.loads(opened(filing, "sealed_address") or "{}"),
        payee=json.loads(opened(filing, "sealed_payee") or "{}"),
    )


def shown_photo_of(*, claim_id: int, photo_id: int, by: Staff) -> Photo:
    """A photo of a claim's filing, to be looked at. Raises NotPermitted, NoSuchClaim."""
    require(by, Permission.SEE_PERSONAL)
    return _photo_of(sent_claim(claim_id), photo_id)


@transaction.atomic
def take_photo(*, claim_id: int, photo_id: int, by: Staff, reason: str) -> Photo:
    """The same, to be kept as a file; the log says so, and why. Raises NotPermitted, NoReason,
    NoSuchClaim."""
    require(by, Permission.SEE_PERSONAL)
    claim = sent_claim(claim_id)
    photo = _photo_of(claim, photo_id)
    if not reason.strip():
        raise NoReason
    _log(claim, Reason.PHOTO_TAKEN, by, f"{reason.strip()} (photo {photo.pk})")
    return photo


def _photo_of(claim: Claim, photo_id: int) -> Photo:
    photo = photo_of(claim.filing, photo_id)
    if photo is None:
        raise NoSuchClaim("This claim has no such photo.", "Load its page again.")
    return photo


def _log(claim: Claim, reason: Reason, by: Staff, note: str) -> None:
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=reason,
        actor_id=by.pk,
        recall_id=claim.filing.recall_id,
        note=note,
    )
