"""Certificates are scanned, and handed out once they are clean.

Guarantees: a file is settled once, whoever comes first; while the scanner is away nothing is
deleted and nothing handed out; each time that one is handed out stands in the log, with to whom.
"""

from datetime import timedelta

import structlog
from django.db import transaction

from recalldesk.accounts.acting import Acting, actor_of, require_of
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.errors import FileMissing, ScannerAway, StoreUnreachable
from recalldesk.evidence.scanners.chosen import chosen_scanner
from recalldesk.evidence.states import ScanOutcome
from recalldesk.foundation import clock
from recalldesk.sealing.keys import SealingError
from recalldesk.stock.certificates import kept_files
from recalldesk.stock.certificates.recognising import ENDINGS
from recalldesk.stock.errors import CertificateNotShown
from recalldesk.stock.models import StockFile
from recalldesk.stock.states import FileKind, FileState

GIVEN_UP_AFTER = timedelta(days=1)
"""A file that cannot be found or opened for so long is lost: a disk may just not be mounted."""

log = structlog.get_logger()


def scan_certificate(file_id: int) -> None:
    """Scans one that waits; any other stays as it is. Raises ScannerAway, FileMissing,
    StoreUnreachable or SealingError where it is to be tried again."""
    file = StockFile.objects.filter(pk=file_id, state=FileState.WAITING).first()
    if file is None:
        return
    scanner = chosen_scanner()
    try:
        with kept_files.opened(file) as chunks:
            scan = scanner.scan(chunks)
    except (FileMissing, SealingError):
        if clock.now() - file.at < GIVEN_UP_AFTER:
            raise
        _settle(file, FileState.LOST, scanner.name)
        return
    if scan.outcome == ScanOutcome.INFECTED:
        _settle(file, FileState.INFECTED, scanner.name)
    elif scan.outcome == ScanOutcome.CLEAN:
        _settle(file, FileState.CLEAN, scanner.name)
    else:
        log.warning("certificate_not_scanned", file=file.pk, outcome=scan.outcome, why=scan.why)
        raise ScannerAway


def waiting_certificates() -> list[int]:
    """Those whose job may have been lost."""
    rows = StockFile.objects.filter(state=FileState.WAITING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def certificate_bytes(*, file: StockFile, by: Acting) -> bytes:
    """What a clean certificate holds, for staff who see stock and for its own partner; it is at
    most 10 MB. Raises NotPermitted, CertificateNotShown."""
    require_of(by, Permission.SEE_STOCK)
    if isinstance(by, Partner) and by.pk != file.partner_id:
        raise CertificateNotShown
    if not file.is_clean:
        raise CertificateNotShown
    try:
        with kept_files.opened(file) as chunks:
            content = b"".join(chunks)
    except (FileMissing, StoreUnreachable, SealingError) as error:
        raise CertificateNotShown from error
    record_change(
        subject=Subject.STOCK_FILE,
        subject_id=file.pk,
        from_state=file.state,
        to_state=file.state,
        reason=Reason.FILE_TAKEN,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=file.recall_id,
    )
    return content


def file_name(file: StockFile) -> str:
    """As what it is handed out: the sender's own name of it is nowhere kept."""
    return f"certificate-{file.pk}.{ENDINGS[FileKind(file.kind)]}"


def _settle(file: StockFile, state: FileState, scanner: str) -> None:
    """Moves it, unless somebody did; what may do harm leaves the store."""
    with transaction.atomic():
        held = StockFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if held.state != FileState.WAITING:
            return
        key = held.storage_key
        held.state, held.settled_at, held.scanned_with = state, clock.now(), scanner
        if state is not FileState.CLEAN:
            held.storage_key = ""
        held.save()
        record_change(
            subject=Subject.STOCK_FILE,
            subject_id=held.pk,
            from_state=FileState.WAITING,
            to_state=state,
            actor=Actor.MACHINE,
            recall_id=held.recall_id,
        )
    if state is not FileState.CLEAN:
        kept_files.forget_if_possible(key)
