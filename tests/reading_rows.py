"""A photo that was looked after and read, as the jobs leave it; what was read is made up."""

from recalldesk.evidence.looking_after import look_after
from recalldesk.evidence.models import Photo, Reading
from recalldesk.evidence.states import ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.sealing.fields_of_rows import sealed


def read_as(photo: Photo, reading: LabelReading | None) -> None:
    """Settles a photo of a label, as read like this; None: nobody could read it."""
    look_after(photo.pk)
    photo.refresh_from_db()
    if photo.reading == ReadingState.WAITING:  # else it is of no use
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


def _as_json(reading: LabelReading | MarkingReading) -> str:
    if isinstance(reading, LabelReading):
        return label_as_json(reading)
    return marking_as_json(reading)
