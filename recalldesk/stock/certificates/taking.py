"""A certificate is taken in, with the report that it proves.

Guarantees: a file lies sealed in the store before its row is; row, report and the job that scans it
commit together; the same file of the same report is one; what is refused leaves nothing.
"""

from collections.abc import Iterable

from django.db import transaction

from recalldesk.accounts.acting import Acting, actor_of
from recalldesk.accounts.models import Partner
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.evidence.enclosures import scanning
from recalldesk.evidence.enclosures.errors import MOST_FILES, FileProblem, FileRefused
from recalldesk.evidence.enclosures.shelf import Kept
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import StockFile, StockReport
from recalldesk.stock.reporting import StockSaid, report_stock
from recalldesk.stock.speaking import held_partner, require_speaker, staff_of
from recalldesk.stock.states import MOVEMENTS, Through

SCAN = "stock.scan_certificate"


def report_movement(
    *,
    recall: Recall,
    partner: Partner,
    said: StockSaid,
    chunks: Iterable[bytes] | None,
    by: Acting,
    through: Through,
    nonce: str,
    note: str = "",
) -> StockReport:
    """Keeps a row and, where `chunks` gives one, its certificate: both or neither. Call it outside
    a transaction: it stores a file before the rows. Raises what `report_stock` and
    `add_certificate` do."""

    def reported() -> StockReport:
        return report_stock(
            recall=recall,
            partner=partner,
            said=said,
            by=by,
            through=through,
            nonce=nonce,
            note=note,
        )

    if chunks is None:
        return reported()
    require_speaker(by, partner)
    kept = CERTIFICATES.keep(chunks, recall_id=recall.pk)
    try:
        with transaction.atomic():
            report = reported()
            file = _named_by_a_row(report, kept, by, through)
    except BaseException:
        CERTIFICATES.forget_if_possible(kept.key)
        raise
    _forget_if_known(kept, file)
    return report


def add_certificate(
    *, report: StockReport, chunks: Iterable[bytes], by: Acting, through: Through
) -> StockFile:
    """Keeps a certificate of a report that is there already. Call it outside a transaction. Raises
    NotPermitted, StockRefused, FileRefused, or whatever `chunks` raises."""
    require_speaker(by, report.partner)
    kept = CERTIFICATES.keep(chunks, recall_id=report.recall_id)
    try:
        with transaction.atomic():
            held_partner(report.partner)
            file = _named_by_a_row(report, kept, by, through)
    except BaseException:
        CERTIFICATES.forget_if_possible(kept.key)
        raise
    _forget_if_known(kept, file)
    return file


def _named_by_a_row(report: StockReport, kept: Kept, by: Acting, through: Through) -> StockFile:
    """The row and its job; or the row of the same file that came before."""
    if report.kind not in MOVEMENTS or report.takes_back_id is not None:
        raise StockRefused(StockProblem.NOT_THERE)
    content = digest(StockFile, "content_digest", kept.sha256)
    known = report.files.filter(content_digest=content).first()
    if known is not None:
        return known
    if report.files.count() >= MOST_FILES:
        raise FileRefused(FileProblem.TOO_MANY)
    file = StockFile.objects.create(
        recall_id=report.recall_id,
        partner_id=report.partner_id,
        report=report,
        kind=kept.kind,
        size=kept.size,
        content_digest=content,
        storage_key=kept.key,
        through=through,
        by=staff_of(by),
    )
    record_change(
        subject=Subject.STOCK_FILE,
        subject_id=file.pk,
        to_state=FileState.WAITING,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=file.recall_id,
    )
    have_scanned(file.pk)
    return file


def have_scanned(file_id: int) -> None:
    """Has a job scan a certificate. Raises AlreadyEnqueued where one waits in the queue."""
    scanning.have_scanned(SCAN, file_id)


def _forget_if_known(kept: Kept, file: StockFile) -> None:
    if file.storage_key != kept.key:
        CERTIFICATES.forget_if_possible(kept.key)
