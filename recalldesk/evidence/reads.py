"""The door to photos: which there are, and the picture of one.

Guarantee: nothing but the re-encoded copy of a clean photo ever leaves through here.
"""

from recalldesk.evidence import files
from recalldesk.evidence.errors import NoPicture
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import WAITING, PhotoState

PICTURE_TYPE = "image/jpeg"


def photos_of(evidence_set: EvidenceSet) -> list[Photo]:
    """The photos of a set, the first sent first; those removed are left out."""
    kept = evidence_set.photos.exclude(state=PhotoState.REMOVED)
    return list(kept.order_by("received_at", "pk"))


def is_settled(evidence_set: EvidenceSet) -> bool:
    """Whether no photo of the set waits for its job any more."""
    return not evidence_set.photos.filter(state__in=WAITING).exists()


def photos_waiting() -> int:
    """How many photos of all recalls wait for their jobs."""
    return Photo.objects.filter(state__in=WAITING).count()


def picture_bytes(photo: Photo) -> bytes:
    """The picture as a JPEG of at most 2048 pixels a side, with no metadata.

    Raises NoPicture, StoreUnreachable, FileMissing or SealingError.
    """
    photo.refresh_from_db(fields=["state", "storage_key"])
    if photo.state != PhotoState.CLEAN:
        raise NoPicture
    return files.open_picture(photo)
