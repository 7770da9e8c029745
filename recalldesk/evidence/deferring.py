"""Puts the jobs of photos into the queue, by name, in the transaction that causes them."""

from procrastinate.contrib.django import app

from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.jobs.queues import READING

LOOK_AFTER = "evidence.look_after_photo"
FORGET_FILES = "evidence.forget_files"
READ_PHOTO = "evidence.read_photo"
SETTLED = {
    EvidencePurpose.CLAIM: ("claims.evidence_settled", "claims"),
    EvidencePurpose.CHECK: ("checks.evidence_settled", "checks"),
}
"""Job and queue of whoever waits for the photos; nobody does for those of an incident, or of a
notice that was hung up. They are named only: nothing here imports upwards."""
QUEUE = "photos"


def look_after(photo: Photo) -> None:
    """The scan and the cleaning of a photo."""
    app.configure_task(LOOK_AFTER, queue=QUEUE).defer(photo_id=photo.pk)


def forget_files(photo: Photo) -> None:
    """The removal of a photo's files."""
    app.configure_task(FORGET_FILES, queue=QUEUE).defer(photo_id=photo.pk)


def read(photo: Photo) -> None:
    """The reading of a clean photo. Raises AlreadyEnqueued where it stands in the queue."""
    waits_once = f"{READ_PHOTO} {photo.pk}"
    app.configure_task(READ_PHOTO, queue=READING, queueing_lock=waits_once).defer(photo_id=photo.pk)


def evidence_settled(photo: Photo) -> None:
    """Tells whoever waits for the photo, a claim or a check, that it is settled."""
    if (told := SETTLED.get(EvidencePurpose(photo.evidence_set.purpose))) is None:
        return
    task, queue = told
    app.configure_task(task, queue=queue).defer(evidence_set_id=photo.evidence_set_id)
