"""Writes the log. Call it in the transaction that makes the move."""

import hashlib
from collections.abc import Iterable

from recalldesk.audit.models import Note, StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.sealing import vault


def record_change(
    *,
    subject: Subject,
    subject_id: int,
    to_state: str,
    from_state: str = "",
    reason: Reason | str = "",
    actor: Actor = Actor.STAFF,
    actor_id: int | None = None,
    recall_id: int | None = None,
    note: str = "",
) -> StateChange:
    """One row of the log; a note is sealed beside it and only its digest stands in the row."""
    kept, digest = None, None
    if note:
        sealed = vault.seal_text(note, scope=vault.DESK, purpose="audit.Note.sealed_text")
        kept, digest = Note.objects.create(sealed_text=sealed), hashlib.sha256(sealed).digest()
    return StateChange.objects.create(
        subject=subject,
        subject_id=subject_id,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        actor=actor,
        actor_id=actor_id,
        recall_id=recall_id,
        note=kept,
        note_digest=digest,
    )


def erase_notes(*, subject: Subject, subject_ids: Iterable[int]) -> int:
    """Erases what was written beside rows of the log, which stay as they are; returns how many."""
    rows = StateChange.objects.filter(subject=subject, subject_id__in=list(subject_ids))
    notes = Note.objects.filter(pk__in=rows.values("note_id"), erased_at__isnull=True)
    return notes.update(sealed_text=b"", erased_at=clock.now())
