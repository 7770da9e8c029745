"""Photos that were read, without an engine: what a test says stood in them. All is made up."""

from collections.abc import Sequence

from recalldesk.audit.states import Actor
from recalldesk.evidence import deferring, files
from recalldesk.evidence.models import Photo, Reading
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.states import PhotoState, ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.seen import (
    LabelReading,
    Line,
    Mark,
    MarkingReading,
    SerialCandidate,
    Source,
)
from recalldesk.sealing.fields_of_rows import sealed

BOX = ((0.2, 0.4), (0.8, 0.4), (0.8, 0.45), (0.2, 0.45))
SEEN, UNSEEN = Mark(0.95, is_verified=True), Mark(0.2, is_verified=False)


def candidate(text: str, *doubtful: int) -> SerialCandidate:
    """A serial that was read, with its places in doubt, from 0."""
    return SerialCandidate(text, 0.9, (0.9,) * len(text), doubtful, Source.PRINT, BOX)


def label_of(*texts: str, model: str = "", doubtful: Sequence[int] = ()) -> LabelReading:
    """A label that reads as these, the likeliest first."""
    return LabelReading(model, tuple(candidate(text, *doubtful) for text in texts))


def marking_of(
    word: Mark | None = SEEN, code: Mark | None = SEEN, *, lines: Sequence[str] = ()
) -> MarkingReading:
    """A marked unit; what is None was not asked."""
    read = (Line(text, 0.9, (0.9,) * len(text), BOX) for text in lines)
    return MarkingReading(word, code, lines=tuple(read))


def waits_to_be_read(photo: Photo, picture: bytes = b"") -> Photo:
    """What the first job of a photo does; with the picture where one is to be looked at."""
    held = locked(photo.pk)
    move(held, PhotoState.SCANNING, actor=Actor.MACHINE)
    held.picture_bytes, held.width, held.height = len(picture) or 1, 1600, 1200
    if picture:
        files.put_picture(held, picture)
    held.reading = ReadingState.WAITING
    held.settled_at = clock.now()
    move(held, PhotoState.CLEAN, actor=Actor.MACHINE)
    return held


def is_read(
    photo: Photo, reading: LabelReading | MarkingReading | None, picture: bytes = b""
) -> Photo:
    """What both jobs of a photo do, and whom they tell; None is one that could not be read. Call
    it in a transaction."""
    held = waits_to_be_read(photo, picture)
    if reading is not None:
        text = _as_json(reading)
        recall_id = held.evidence_set.recall_id
        answer = sealed(Reading, "sealed_answer", text, recall_id=recall_id)
        Reading.objects.create(photo=held, sealed_answer=answer, engine="made up")
    held.reading = ReadingState.READ if reading is not None else ReadingState.GIVEN_UP
    held.read_at = clock.now()
    held.save()
    deferring.evidence_settled(held)
    return held


def _as_json(reading: LabelReading | MarkingReading) -> str:
    if isinstance(reading, LabelReading):
        return label_as_json(reading)
    return marking_as_json(reading)
