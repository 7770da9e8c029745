"""What a job does with a photo: scan it, clean it, and settle it.

Guarantees: it may be cut short at any line and run again, also twice at once: a photo is settled
once, by whoever comes first; nothing is deleted before the photo is settled; in the transaction
that settles one, its reading is put into the queue, or whoever uses the photos is told.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction

from recalldesk.audit.states import Actor
from recalldesk.cleaning.answers import Fault, Picture, Unusable
from recalldesk.cleaning.apart import CleaningDied, cleaned_apart
from recalldesk.evidence import deferring, files
from recalldesk.evidence.errors import FileMissing, ScannerAway, StoreUnreachable
from recalldesk.evidence.like_photos import keep_fingerprint
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.scanners.chosen import chosen_scanner
from recalldesk.evidence.scanners.interface import Scan, Scanner
from recalldesk.evidence.states import (
    READ_KINDS,
    WAITING,
    PhotoProblem,
    PhotoState,
    ReadingState,
    ScanOutcome,
)
from recalldesk.foundation import clock
from recalldesk.sealing import vault
from recalldesk.sealing.keys import SealingError

PICTURE_PURPOSE = "evidence.Photo.picture_digest"
MOST_FAILED_CLEANINGS = 3
GIVEN_UP_AFTER = timedelta(days=1)
"""A file that cannot be found or opened for so long is lost: a disk may just not be mounted."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Ended:
    """How a photo is settled."""

    state: PhotoState
    problem: PhotoProblem | str = ""
    picture: Picture | None = None


def look_after(photo_id: int) -> None:
    """Scans and cleans a photo that waits; any other stays as it is.

    Raises ScannerAway, CleaningDied, StoreUnreachable, FileMissing or SealingError where it is to
    be tried again.
    """
    photo = _begun(photo_id)
    if photo is None:
        return
    try:
        ended = _scanned_and_cleaned(photo)
    except (FileMissing, SealingError):
        if clock.now() - photo.received_at < GIVEN_UP_AFTER:
            raise
        ended = Ended(PhotoState.UNUSABLE, PhotoProblem.NOT_KEPT)
    if _settled(photo, ended):
        with suppress(StoreUnreachable):  # what stays in quarantine goes after a day
            files.forget_original(photo.storage_key)


@transaction.atomic
def _begun(photo_id: int) -> Photo | None:
    photo = locked(photo_id)
    if photo.state not in WAITING:
        return None
    if photo.state == PhotoState.RECEIVED:
        move(photo, PhotoState.SCANNING, actor=Actor.MACHINE)
    return photo


def _scanned_and_cleaned(photo: Photo) -> Ended:
    scanner = chosen_scanner()
    with files.original(photo) as chunks:
        scan = scanner.scan(chunks)
    _note(photo, scan, scanner)
    if scan.outcome == ScanOutcome.INFECTED:
        return Ended(PhotoState.INFECTED, PhotoProblem.INFECTED)
    if scan.outcome != ScanOutcome.CLEAN:
        log.warning("photo_not_scanned", photo=photo.pk, outcome=scan.outcome, why=scan.why)
        raise ScannerAway
    try:
        with files.original(photo) as chunks:
            picture = cleaned_apart(chunks)
    except Unusable as error:
        return Ended(PhotoState.UNUSABLE, PhotoProblem(error.fault))
    except CleaningDied:
        if not _failed_too_often(photo):
            raise
        return Ended(PhotoState.UNUSABLE, PhotoProblem(Fault.TOO_MUCH_WORK))
    return Ended(PhotoState.CLEAN, picture=picture)


@transaction.atomic
def _note(photo: Photo, scan: Scan, scanner: Scanner) -> None:
    """What the scanner said; a photo that it did not scan waits for it, and says so."""
    held = locked(photo.pk)
    if held.state not in WAITING:
        return
    held.scan, held.scanned_with = scan.outcome, scanner.name
    answered = scan.outcome in (ScanOutcome.CLEAN, ScanOutcome.INFECTED)
    if not answered and held.state == PhotoState.SCANNING:
        move(held, PhotoState.SCANNER_ERROR, actor=Actor.MACHINE)
    elif answered and held.state == PhotoState.SCANNER_ERROR:
        move(held, PhotoState.SCANNING, actor=Actor.MACHINE)
    else:
        held.save(update_fields=["scan", "scanned_with"])


@transaction.atomic
def _failed_too_often(photo: Photo) -> bool:
    held = locked(photo.pk)
    held.failed_cleanings += 1
    held.save(update_fields=["failed_cleanings"])
    return held.failed_cleanings >= MOST_FAILED_CLEANINGS


@transaction.atomic
def _settled(photo: Photo, ended: Ended) -> bool:
    """Whether this program settled it, or another did before: then the original may go.

    The picture is stored under the lock, so that none is left of a photo removed meanwhile.
    """
    held = locked(photo.pk)
    if held.state not in WAITING:
        return held.state != PhotoState.REMOVED
    if held.state != PhotoState.SCANNING:  # another program met a scanner that is away
        move(held, PhotoState.SCANNING, actor=Actor.MACHINE)
    held.problem, held.settled_at = ended.problem, clock.now()
    if ended.picture is not None:
        files.put_picture(held, ended.picture.jpeg)
        _describe(held, ended.picture)
    is_to_be_read = ended.state is PhotoState.CLEAN and held.kind in READ_KINDS
    if is_to_be_read:
        held.reading = ReadingState.WAITING
    move(held, ended.state, actor=Actor.MACHINE)
    if ended.picture is not None and ended.picture.likeness:
        keep_fingerprint(held, ended.picture.likeness)
    if is_to_be_read:
        deferring.read(held)
    else:
        deferring.evidence_settled(held)
    return True


def _describe(photo: Photo, picture: Picture) -> None:
    photo.picture_bytes = len(picture.jpeg)
    photo.width, photo.height = picture.width, picture.height
    photo.picture_digest = vault.digest_for_lookup(picture.sha256, purpose=PICTURE_PURPOSE)
