"""That an owner called, wrote or came: each contact is a row, with or without a claim.

Guarantees: the same form sent twice is one contact; what was said stands sealed; each stands in the
log with who noted it, and who said of which claim it was; nothing is noted at an erased claim.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NotPossibleNow
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.messages import LONGEST_MESSAGE
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout, FilingState
from recalldesk.evidence.actions import new_evidence_set, receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import sealed

NONCE_LENGTH = 32
LINKED = "linked"
"""The state of a contact in the log, beside its way of coming."""


@transaction.atomic
def record_contact(
    *,
    recall: Recall,
    by: Staff,
    channel: Channel,
    about: ContactAbout,
    nonce: str,
    note: str = "",
    happened_at: datetime | None = None,
    filing: Filing | None = None,
) -> Contact:
    """Keeps one contact; scans are attached by `attach_scan`. A form sent again changes nothing.

    Raises NotPermitted, FieldsRefused; NotPossibleNow where the claim is erased, or another
    recall's.
    """
    require(by, Permission.ENTER_CLAIM)
    name = contact_name(nonce)
    known = Contact.objects.filter(nonce=name).first()
    if known is not None:
        return known
    now, said = clock.now(), note.strip()
    _refuse_unfit(said, happened_at or now, now)
    if filing is not None:
        _lock(filing, recall_id=recall.pk)
    kept = sealed(Contact, "sealed_note", said, recall_id=recall.pk) if said else b""
    # Of two forms at once the database keeps the first; the other finds it.
    contact, is_new = Contact.objects.get_or_create(
        nonce=name,
        defaults={
            "recall": recall,
            "filing": filing,
            "channel": channel,
            "about": about,
            "sealed_note": kept,
            "note_digest": hashlib.sha256(kept).digest() if kept else None,
            "evidence": new_evidence_set(recall=recall),
            "by": by,
            "happened_at": happened_at or now,
        },
    )
    if is_new:
        _log_entered(contact)
    return contact


def _log_entered(contact: Contact) -> None:
    record_change(
        subject=Subject.CONTACT,
        subject_id=contact.pk,
        to_state=contact.channel,
        reason=Reason.ENTERED,
        actor_id=contact.by_id,
        recall_id=contact.recall_id,
        with_content=True,
    )


def _refuse_unfit(note: str, happened_at: datetime, now: datetime) -> None:
    if len(note) > LONGEST_MESSAGE:
        raise FieldsRefused({"note": FieldProblem.TOO_LONG})
    if happened_at > now:
        raise FieldsRefused({"happened_at": FieldProblem.NOT_OFFERED})


@transaction.atomic
def link_contact(*, contact: Contact, filing: Filing, by: Staff) -> None:
    """Says of which claim a contact was; once. Raises NotPermitted; NotPossibleNow where the claim
    is erased or another recall's, or the contact another claim's."""
    require(by, Permission.ENTER_CLAIM)
    _lock(filing, recall_id=contact.recall_id)
    held = Contact.objects.select_for_update().get(pk=contact.pk)
    if held.filing_id == filing.pk:
        return
    if held.filing_id is not None:
        raise NotPossibleNow
    held.filing = contact.filing = filing
    held.save(update_fields=["filing"])
    record_change(
        subject=Subject.CONTACT,
        subject_id=held.pk,
        from_state=held.channel,
        to_state=LINKED,
        actor_id=by.pk,
        recall_id=held.recall_id,
        note=f"To claim {filing.reference}",
    )


def _lock(filing: Filing, *, recall_id: int) -> None:
    """So that nothing is said of a claim while it is erased, nor after."""
    held = locked_filing(filing.pk)
    if held is None or held.state == FilingState.ERASED or held.recall_id != recall_id:
        raise NotPossibleNow


def attach_scan(
    *, contact: Contact, by: Staff, chunks: Iterable[bytes], kind: PhotoKind = PhotoKind.OTHER
) -> Photo:
    """Takes the scan of a letter, or a photo that came with it. Call it outside a transaction.

    Raises NotPermitted, PhotoRefused.
    """
    require(by, Permission.ENTER_CLAIM)
    if contact.evidence is None:
        raise NotPossibleNow
    return receive_photo(evidence_set=contact.evidence, kind=kind, chunks=chunks, by=by)


def contact_name(nonce: str) -> str:
    """By what a form is known. Raises FieldsRefused where it has no name."""
    if not nonce:
        raise FieldsRefused({"nonce": FieldProblem.MISSING})
    return vault.digest_for_lookup(nonce, purpose="claims.Contact.nonce").hex()[:NONCE_LENGTH]
