"""Puts the jobs of photos into the queue, by name, in the transaction that causes them."""

from procrastinate.contrib.django import app

from recalldesk.evidence.models import Photo

LOOK_AFTER = "evidence.look_after_photo"
FORGET_FILES = "evidence.forget_files"
EVIDENCE_SETTLED = "claims.evidence_settled"
"""A job of whoever uses the photos. It is named only: nothing here imports upwards."""
QUEUE = "photos"


def look_after(photo: Photo) -> None:
    """The scan and the cleaning of a photo."""
    app.configure_task(LOOK_AFTER, queue=QUEUE).defer(photo_id=photo.pk)


def forget_files(photo: Photo) -> None:
    """The removal of a photo's files."""
    app.configure_task(FORGET_FILES, queue=QUEUE).defer(photo_id=photo.pk)


def evidence_settled(photo: Photo) -> None:
    """Tells the claim that one of its photos is settled."""
    app.configure_task(EVIDENCE_SETTLED, queue="claims").defer(
        evidence_set_id=photo.evidence_set_id
    )
