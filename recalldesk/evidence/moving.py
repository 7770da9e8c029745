"""Moves a photo along the table of moves, and writes the log.

Guarantee: a photo is moved only while its row is locked, so that of two programs one is too late.
"""

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import MOVES, PhotoState


def locked(photo_id: int) -> Photo:
    """The photo as it stands, kept from others until the transaction ends."""
    assert transaction.get_connection().in_atomic_block
    rows = Photo.objects.select_for_update(of=("self",)).select_related("evidence_set")
    return rows.get(pk=photo_id)


def can_move(photo: Photo, to_state: PhotoState) -> bool:
    """Whether the table of moves allows it."""
    return to_state in MOVES[PhotoState(photo.state)]


def move(photo: Photo, to_state: PhotoState, *, actor: Actor, by: Staff | None = None) -> None:
    """Saves a locked photo, with whatever else was set on it, in its next state."""
    before = photo.state
    assert can_move(photo, to_state), f"{before} -> {to_state}"
    photo.state = to_state
    photo.save()
    log_move(photo, before, actor=actor, by=by)


def log_move(photo: Photo, before: str, *, actor: Actor, by: Staff | None = None) -> None:
    """One row of the log."""
    record_change(
        subject=Subject.PHOTO,
        subject_id=photo.pk,
        from_state=before,
        to_state=photo.state,
        actor=Actor.STAFF if by else actor,
        actor_id=by.pk if by else None,
        recall_id=photo.evidence_set.recall_id,
    )
