"""Files a report: freezes it, with the PDF that is handed in.

Guarantees: only a period that is over is filed, so that its figures stand; a form that is sent
again files nothing more; two people at once make two revisions, in order; the log holds the digest
of what was filed. It is handed in by somebody: nothing leaves from here.
"""

import hashlib

from django.db import transaction
from django.db.models import Max

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.as_pdf import as_pdf
from recalldesk.reports.progress.content import content_of, digest_of, with_rows, written
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.reads import filings_of
from recalldesk.reports.progress.report import report_of

FILED = "filed"


class NotFiled(Problem):
    """A report that cannot be filed."""


@transaction.atomic
def file_report(
    *, recall: Recall, period: Period, by: Staff, nonce: str, note: str = ""
) -> FiledReport:
    """Freezes the monthly report of a period as its next revision. `note`: what is to be kept with
    it, sealed in the log. Raises NotPermitted, NotFiled, NoReport."""
    require(by, Permission.FILE_REPORT)
    # Of two at once the second waits here, and gets the next number.
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    known = FiledReport.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    report = report_of(recall, period, by=by)
    if not report.is_over:
        raise NotFiled(
            f"The period is not over before {period.last} has ended, in UTC.",
            "File it from the next day on: until then its figures may still change.",
        )
    before = filings_of(recall, period).aggregate(last=Max("revision"))["last"] or 0
    text = written(with_rows(content_of(report), recall, period, with_digests=True))
    digest = digest_of(text)
    pdf = as_pdf(report, digest=digest, revision=before + 1)
    filed = FiledReport.objects.create(
        recall=recall,
        form=ReportForm.CPSC,
        first_day=period.first,
        last_day=period.last,
        revision=before + 1,
        content=text,
        content_sha256=digest,
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        counted_at=report.counted_at,
        by=by,
        nonce=nonce,
    )
    record_change(
        subject=Subject.FILED_REPORT,
        subject_id=filed.pk,
        to_state=FILED,
        reason=Reason.FILED,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=note.strip(),
        with_content=True,
    )
    return filed
