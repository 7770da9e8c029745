"""The list of reports: which are due, and which are filed."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.reports_asked import query_of
from recalldesk.inquiries.seats import recalls_seen_by
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.reports.progress import canada, eu
from recalldesk.reports.progress.due import DueReport, reports_due
from recalldesk.reports.progress.periods import Stage
from recalldesk.reports.progress.reads import filings


@require_safe
def reports(request: DeskRequest) -> HttpResponse:
    """The page."""
    seen = recalls_seen_by(request.user)
    due = reports_due([each.slug for each in seen])
    values = {
        "recalls": [_recall(each, due, request.user) for each in seen],
        "late": sum(each.stage is Stage.LATE for each in due),
        "may_file": request.user.may(Permission.FILE_REPORT),
    }
    return page(request, "reports/list.html", values)


def _recall(recall: Recall, due: list[DueReport], by: Staff) -> dict[str, object]:
    return {
        "recall": recall,
        "due": [
            (each, progress_address(recall, each)) for each in due if each.recall_id == recall.pk
        ],
        "filed": filings(recall, by=by),
        "summaries": list(_summaries(recall)),
    }


def _summaries(recall: Recall) -> Iterator[tuple[str, str]]:
    """Those of authorities in whose countries the recall is."""
    version = live_version(recall) or newest_version(recall)
    document = document_of(version) if version else None
    for outline in (eu.OUTLINE, canada.OUTLINE):
        if document is not None and outline.is_wanted(document):
            url = reverse("console:report_summary", args=[recall.slug, outline.form.value])
            yield str(outline.form.label), url


def progress_address(recall: Recall, due: DueReport) -> str:
    """The page of a month's report."""
    url = reverse("console:progress_report", args=[recall.slug])
    return f"{url}?{query_of(due.month.period)}"
