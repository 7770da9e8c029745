"""Certificates are scanned, and handed out once they are clean.

Guarantees: those of enclosed files (evidence/enclosures/scanning.py); each time that one is handed
out stands in the log, with to whom.
"""

from recalldesk.accounts.acting import Acting, actor_of, require_of
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.enclosures import scanning
from recalldesk.evidence.enclosures.errors import FileNotShown
from recalldesk.evidence.enclosures.rows import EnclosedFile
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.stock.models import StockFile


def scan_certificate(file_id: int) -> None:
    """Scans one that waits; any other stays as it is. Raises ScannerAway, FileMissing,
    StoreUnreachable or SealingError where it is to be tried again."""
    scanning.scan(file_id, CERTIFICATES, _tell)


def waiting_certificates() -> list[int]:
    """Those whose job may have been lost."""
    return scanning.waiting(CERTIFICATES)


def certificate_bytes(*, file: StockFile, by: Acting) -> bytes:
    """What a clean certificate holds, for staff who see stock and for its own partner; it is at
    most 10 MB. Raises NotPermitted, FileNotShown."""
    require_of(by, Permission.SEE_STOCK)
    if isinstance(by, Partner) and by.pk != file.partner_id:
        raise FileNotShown
    content = scanning.clean_bytes(file, CERTIFICATES)
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
    """As what it is handed out."""
    return scanning.file_name(file, CERTIFICATES)


def _tell(file: EnclosedFile) -> None:
    record_change(
        subject=Subject.STOCK_FILE,
        subject_id=file.pk,
        from_state=FileState.WAITING,
        to_state=file.state,
        actor=Actor.MACHINE,
        recall_id=file.recall_id,
    )
