"""Photos that were read, without an engine: what a test says stood in them. All is made up."""

from collections.abc import Sequence

from recalldesk.audit.states import Actor
from recalldesk.evidence import deferring, files
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.states import PhotoState, ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.seen import LabelReading, Mark, MarkingReading
from tests.labels import candidate, label, line
from tests.reading_rows import end_reading

SEEN, UNSEEN = Mark(0.95, is_verified=True), Mark(0.2, is_verified=False)


def label_of(*texts: str, model: str = "", doubtful: Sequence[int] = ()) -> LabelReading:
    """A label that reads as these, the likeliest first."""
    return label(*(candidate(text, doubtful) for text in texts), lines=(), model=model)


def marking_of(
    word: Mark | None = SEEN, code: Mark | None = SEEN, *, lines: Sequence[str] = ()
) -> MarkingReading:
    """A marked unit; what is None was not asked."""
    return MarkingReading(word, code, lines=tuple(map(line, lines)))


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
    end_reading(held, reading)
    deferring.evidence_settled(held)
    return held
