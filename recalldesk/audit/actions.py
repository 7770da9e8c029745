"""Writes the log. Call it in the transaction that makes the move."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from django.db import connection

from recalldesk.audit.contents import digest_as_it_stands
from recalldesk.audit.models import Note, StateChange
from recalldesk.audit.notes import sealed_note
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock

ERASED = "erased"
"""Both states of a row that says so: nothing moved."""

RECORD = """
INSERT INTO audit_statechange
    (at, subject, actor, actor_id, reason, recall_id, subject_id, from_state, to_state)
SELECT %s, %s, %s, %s, %s, moved.recall_id, moved.subject_id, moved.from_state, moved.to_state
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) WITH ORDINALITY
    AS moved (recall_id, subject_id, from_state, to_state, place)
ORDER BY moved.place
"""


@dataclass(frozen=True)
class Move:
    """One of several things that moved together, as a row of the log says it."""

    recall_id: int | None
    subject_id: int
    from_state: str
    to_state: str


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
    with_content: bool = False,
) -> StateChange:
    """One row of the log; a note is sealed beside it and only its digest stands in the row.

    `with_content`: the row holds the digest of what it is about, as it stands now (contents.py).
    """
    kept, digest = None, None
    if note:
        sealed = sealed_note(note)
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
        content_digest=digest_as_it_stands(subject, subject_id) if with_content else None,
    )


def record_moves(
    moves: Sequence[Move],
    *,
    subject: Subject,
    actor: Actor,
    actor_id: int | None = None,
    reason: Reason | str = "",
) -> None:
    """A row of the log for each move, in their order and in one statement."""
    if not moves:
        return
    columns = zip(*(astuple(each) for each in moves), strict=True)
    with connection.cursor() as cursor:
        lists = (list(each) for each in columns)
        cursor.execute(RECORD, [clock.now(), subject, actor, actor_id, str(reason), *lists])


def erase_notes(
    *,
    subject: Subject,
    subject_ids: Iterable[int],
    actor: Actor,
    recall_id: int | None = None,
    and_texts_of: Iterable[int] = (),
) -> int:
    """Erases what was written beside rows of the log, which stay as they are; returns how many.

    The log then says of each thing that something was erased, or no verification would accept it.
    `and_texts_of`: those of which the caller erases a text of their own.
    """
    rows = StateChange.objects.filter(
        subject=subject, subject_id__in=list(subject_ids), note__erased_at__isnull=True
    ).exclude(note=None)
    found = list(rows.values_list("subject_id", "note_id"))
    things = {*(thing for thing, _ in found), *and_texts_of}
    notes = Note.objects.filter(pk__in=[note for _, note in found])
    count = notes.update(sealed_text=b"", erased_at=clock.now())
    for thing in sorted(things):
        record_change(
            subject=subject,
            subject_id=thing,
            from_state=ERASED,
            to_state=ERASED,
            reason=Reason.ERASED,
            actor=actor,
            recall_id=recall_id,
        )
    return count
