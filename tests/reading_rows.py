"""A photo that was looked after and read, as the jobs leave its rows; what was read is made up."""

from recalldesk.evidence.models import Photo, Reading
from recalldesk.evidence.states import PhotoProblem, PhotoState, ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.sealing.fields_of_rows import sealed


def read_as(photo: Photo, reading: LabelReading | None) -> None:
    """Settles a photo of a label that was just received, as read like this; None: nobody could."""
    rows = Photo.objects.filter(pk=photo.pk)
    rows.update(state=PhotoState.SCANNING)
    rows.update(
        state=PhotoState.CLEAN,
        picture_bytes=1,
        width=1,
        height=1,
        settled_at=clock.now(),
        reading=ReadingState.WAITING,
    )
    photo.refresh_from_db()
    end_reading(photo, reading)


def end_reading(photo: Photo, reading: LabelReading | MarkingReading | None) -> None:
    """Keeps what was read in a photo that waits for it; None: it could not be read."""
    if reading is not None:
        recall_id = photo.evidence_set.recall_id
        answer = sealed(Reading, "sealed_answer", _as_json(reading), recall_id=recall_id)
        Reading.objects.create(photo=photo, engine="made up", sealed_answer=answer)
    photo.reading = ReadingState.READ if reading is not None else ReadingState.GIVEN_UP
    photo.read_at = clock.now()
    photo.save()


def of_no_use(photo: Photo, problem: PhotoProblem) -> None:
    """Settles a photo that was just received, as of no use."""
    rows = Photo.objects.filter(pk=photo.pk)
    rows.update(state=PhotoState.SCANNING)
    rows.update(state=PhotoState.UNUSABLE, problem=problem, settled_at=clock.now())


def _as_json(reading: LabelReading | MarkingReading) -> str:
    if isinstance(reading, LabelReading):
        return label_as_json(reading)
    return marking_as_json(reading)
