"""The door to photos: which there are, the picture of one, and what was read in it.

Guarantee: no picture but the re-encoded copy of a clean photo ever leaves through here.
"""

from collections.abc import Collection

from django.db.models import Q

from recalldesk.evidence import files
from recalldesk.evidence.errors import NoPicture
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoState, ReadingState
from recalldesk.reading.kept import label_from_json, marking_from_json
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.sealing.fields_of_rows import opened

PICTURE_TYPE = "image/jpeg"
WAITS = Q(state__in=sorted(WAITING)) | Q(reading=ReadingState.WAITING)
"""Photos of which a job is on its way: to be scanned and cleaned, or to be read."""


def photos_of(evidence_set: EvidenceSet) -> list[Photo]:
    """The photos of a set, the first sent first; those removed are left out."""
    kept = evidence_set.photos.exclude(state=PhotoState.REMOVED)
    return list(kept.order_by("received_at", "pk"))


def photos_of_each(set_ids: Collection[int]) -> dict[int, list[Photo]]:
    """The same of several sets, by one question; a set without any is left out."""
    rows = Photo.objects.filter(evidence_set_id__in=set_ids).exclude(state=PhotoState.REMOVED)
    found: dict[int, list[Photo]] = {}
    for photo in rows.order_by("received_at", "pk"):
        found.setdefault(photo.evidence_set_id, []).append(photo)
    return found


def newest_of_kind(set_ids: Collection[int], kind: PhotoKind) -> dict[int, Photo]:
    """The newest clean photo of a kind of each set that has one, by the set's number."""
    rows = Photo.objects.filter(evidence_set_id__in=set_ids, kind=kind, state=PhotoState.CLEAN)
    return {photo.evidence_set_id: photo for photo in rows.order_by("received_at", "pk")}


def is_settled(evidence_set: EvidenceSet) -> bool:
    """Whether no photo of the set waits to be scanned or read any more."""
    return not evidence_set.photos.filter(WAITS).exists()


def photos_waiting() -> int:
    """How many photos of all recalls wait to be scanned or read."""
    return Photo.objects.filter(WAITS).count()


def label_reading_of(photo: Photo) -> LabelReading | None:
    """What was read in the photo of a label; None where it was not read, or is of another kind.

    Raises SealingError.
    """
    answer = _answer_of(photo, PhotoKind.LABEL)
    return label_from_json(answer) if answer else None


def marking_reading_of(photo: Photo) -> MarkingReading | None:
    """What was read in the photo of a marking, against what was asked when it was read; None where
    it was not read, or is of another kind.

    Raises SealingError.
    """
    answer = _answer_of(photo, PhotoKind.MARKING)
    return marking_from_json(answer) if answer else None


def _answer_of(photo: Photo, kind: PhotoKind) -> str:
    if photo.kind != kind:
        return ""
    rows = Reading.objects.select_related("photo__evidence_set")
    reading = rows.filter(photo_id=photo.pk, photo__reading=ReadingState.READ).first()
    return "" if reading is None else opened(reading, "sealed_answer")


def picture_bytes(photo: Photo) -> bytes:
    """The picture as a JPEG of at most 2048 pixels a side, with no metadata.

    Raises NoPicture, StoreUnreachable, FileMissing or SealingError.
    """
    photo.refresh_from_db(fields=["state", "storage_key"])
    if photo.state != PhotoState.CLEAN:
        raise NoPicture
    return files.open_picture(photo)
