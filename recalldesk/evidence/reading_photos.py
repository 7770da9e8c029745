"""What a job does with a clean photo that is to be read.

Guarantees: it may be cut short at any line and run again, also twice at once: a photo is read once,
and whoever uses it is told in the transaction that keeps what was read; what cannot be read is
given up, which people see, and is never lost; the picture is decoded in a process apart.
"""

from contextlib import suppress
from datetime import timedelta
from functools import cache
from importlib.metadata import version

import structlog
from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.evidence import deferring, files
from recalldesk.evidence.errors import FileMissing
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.moving import locked
from recalldesk.evidence.states import EvidencePurpose, PhotoKind, ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.apart import ReadingDied, Unreadable, reader
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.recalls.document import Document
from recalldesk.recalls.label_forms import expected_marking, label_form_of
from recalldesk.recalls.reads import document_of, live_recalls, live_version, newest_version
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.sealing.keys import SealingError

MOST_FAILED_READINGS = 3
GIVEN_UP_AFTER = timedelta(days=1)
"""A picture that cannot be found or opened for so long is lost: a disk may just not be mounted."""
LOOKED_FOR_AFTER = timedelta(hours=1)
NO_USE_TO_TRY_FOR_EVER = (ReadingDied, AttributeError, LookupError, TypeError, ValueError)
"""A reader that dies of this photo, and faults of our own: neither may hold a claim up for ever."""

log = structlog.get_logger()


def read_photo(photo_id: int) -> None:
    """Reads a photo that waits for it; any other stays as it is.

    Raises ReadingDied, StoreUnreachable, FileMissing or SealingError where it is to be tried again.
    """
    waiting = Photo.objects.filter(pk=photo_id, reading=ReadingState.WAITING)
    photo = waiting.select_related("evidence_set__recall").first()
    if photo is None:
        return
    try:
        answer = _read(photo)
    except Unreadable as error:
        log.warning("photo_not_readable", photo=photo.pk, why=str(error))
        answer = ""
    except (FileMissing, SealingError):
        if not waiting.exists():  # it was removed meanwhile
            return
        if photo.settled_at and clock.now() - photo.settled_at < GIVEN_UP_AFTER:
            raise
        answer = ""
    except NO_USE_TO_TRY_FOR_EVER as error:
        if not _failed_too_often(photo_id):
            raise
        log.error("photo_given_up", photo=photo.pk, error=type(error).__name__)
        answer = ""
    _end(photo_id, answer)


def put_into_the_queue() -> int:
    """Puts those there that wait for long and have no job any more: a worker of an older version,
    which could not read, may have taken it. Returns how many.
    """
    put = 0
    long_ago = clock.now() - LOOKED_FOR_AFTER
    for photo in Photo.objects.filter(reading=ReadingState.WAITING, settled_at__lt=long_ago):
        with suppress(AlreadyEnqueued), transaction.atomic():
            deferring.read(photo)
            put += 1
    return put


def _read(photo: Photo) -> str:
    """The engine's answer as JSON."""
    picture = files.open_picture(photo)
    its_set = photo.evidence_set
    if photo.kind == PhotoKind.LABEL:
        return label_as_json(reader().read_label(picture, label_form_of(_documents(its_set))))
    document = _document(its_set)
    expected = expected_marking(
        document, code=its_set.marking_code, shown_on=photo.received_at.date()
    )
    return marking_as_json(reader().verify_marking(picture, expected))


def _documents(its_set: EvidenceSet) -> list[Document]:
    """A check may be about any recall."""
    if its_set.purpose == EvidencePurpose.CHECK:
        return [live.document for live in live_recalls()]
    document = _document(its_set)
    return [] if document is None else [document]


def _document(its_set: EvidenceSet) -> Document | None:
    recall = its_set.recall
    asked_under = live_version(recall) or newest_version(recall)
    return None if asked_under is None else document_of(asked_under)


@transaction.atomic
def _failed_too_often(photo_id: int) -> bool:
    held = locked(photo_id)
    held.failed_readings += 1
    held.save(update_fields=["failed_readings"])
    return held.failed_readings >= MOST_FAILED_READINGS


@transaction.atomic
def _end(photo_id: int, answer: str) -> None:
    """Keeps the answer; an empty one means that it was given up."""
    held = locked(photo_id)
    if held.reading != ReadingState.WAITING:
        return
    recall_id = held.evidence_set.recall_id
    if answer:
        kept = sealed(Reading, "sealed_answer", answer, recall_id=recall_id)
        Reading.objects.create(photo=held, sealed_answer=kept, engine=_engine())
    held.reading = ReadingState.READ if answer else ReadingState.GIVEN_UP
    held.read_at = clock.now()
    held.save(update_fields=["reading", "read_at"])
    record_change(
        subject=Subject.PHOTO,
        subject_id=held.pk,
        from_state=ReadingState.WAITING,
        to_state=held.reading,
        actor=Actor.MACHINE,
        recall_id=recall_id,
    )
    deferring.evidence_settled(held)


@cache
def _engine() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("rapidocr", "zxing-cpp"))
