"""Enclosed files are scanned, and opened once they are clean.

Guarantees: a file is settled once, whoever comes first; while the scanner is away nothing is
deleted and nothing handed out; what does harm leaves the store.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.evidence import deferring
from recalldesk.evidence.enclosures.errors import FileNotShown
from recalldesk.evidence.enclosures.recognising import ENDINGS
from recalldesk.evidence.enclosures.rows import EnclosedFile
from recalldesk.evidence.enclosures.shelf import Shelf
from recalldesk.evidence.enclosures.states import FileKind, FileState
from recalldesk.evidence.errors import FileMissing, ScannerAway, StoreUnreachable
from recalldesk.evidence.scanners.chosen import chosen_scanner
from recalldesk.evidence.states import ScanOutcome
from recalldesk.foundation import clock
from recalldesk.jobs.waits import GrowingWaits
from recalldesk.sealing.keys import SealingError

GIVEN_UP_AFTER = timedelta(days=1)
"""A file that cannot be found or opened for so long is lost: a disk may just not be mounted."""
QUEUE = deferring.QUEUE
FOR_EVER = GrowingWaits(longest=timedelta(minutes=10))
"""Nothing is ever given up: a scanner that is down comes back."""
Told = Callable[[EnclosedFile], None]
"""Writes into the log, in the same transaction, that a file was settled."""

log = structlog.get_logger()


def scan(file_id: int, shelf: Shelf, tell: Told) -> None:
    """Scans one that waits; any other stays as it is. Raises ScannerAway, FileMissing,
    StoreUnreachable or SealingError where it is to be tried again."""
    rows = shelf.model._default_manager.filter(pk=file_id, state=FileState.WAITING)
    file = rows.first()
    if file is None:
        return
    scanner = chosen_scanner()
    try:
        with shelf.opened(file) as chunks:
            found = scanner.scan(chunks)
    except (FileMissing, SealingError):
        if clock.now() - file.at < GIVEN_UP_AFTER:
            raise
        _settle(file, FileState.LOST, scanner.name, shelf, tell)
        return
    if found.outcome == ScanOutcome.INFECTED:
        _settle(file, FileState.INFECTED, scanner.name, shelf, tell)
    elif found.outcome == ScanOutcome.CLEAN:
        _settle(file, FileState.CLEAN, scanner.name, shelf, tell)
    else:
        log.warning(
            "file_not_scanned",
            what=shelf.one,
            file=file.pk,
            outcome=found.outcome,
            why=found.why,
        )
        raise ScannerAway


def waiting(shelf: Shelf) -> list[int]:
    """Those whose job may have been lost."""
    rows = shelf.model._default_manager.filter(state=FileState.WAITING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def have_scanned(task: str, file_id: int) -> None:
    """Has a job scan a file. Raises AlreadyEnqueued where one waits in the queue."""
    waits_once = f"{task} {file_id}"
    app.configure_task(task, queue=QUEUE, queueing_lock=waits_once).defer(file_id=file_id)


def clean_bytes(file: EnclosedFile, shelf: Shelf) -> bytes:
    """What a clean file holds; it is at most 10 MB. The caller asked who may have it, and writes
    the log. Raises FileNotShown."""
    if not file.is_clean:
        raise FileNotShown
    try:
        with shelf.opened(file) as chunks:
            return b"".join(chunks)
    except (FileMissing, StoreUnreachable, SealingError) as error:
        raise FileNotShown from error


def file_name(file: EnclosedFile, shelf: Shelf) -> str:
    """As what it is handed out: the sender's own name of it is nowhere kept."""
    return f"{shelf.one}-{file.pk}.{ENDINGS[FileKind(file.kind)]}"


def _settle(file: EnclosedFile, state: FileState, scanner: str, shelf: Shelf, tell: Told) -> None:
    """Moves it, unless somebody did; what may do harm leaves the store."""
    with transaction.atomic():
        held = shelf.model._default_manager.select_for_update(of=("self",)).get(pk=file.pk)
        if held.state != FileState.WAITING:
            return
        key = held.storage_key
        held.state, held.settled_at, held.scanned_with = state, clock.now(), scanner
        if state is not FileState.CLEAN:
            held.storage_key = ""
        held.save()
        tell(held)
    if state is not FileState.CLEAN:
        shelf.forget_if_possible(key)
