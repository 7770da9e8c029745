"""The door to what was filed.

Guarantee: whoever has a seat at one recall finds no filing of another.
"""

import json
from typing import Any

from django.db.models import QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Subject
from recalldesk.foundation.problem import Problem
from recalldesk.inquiries.seats import require_seat
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.forms import ReportForm


class NoSuchFiling(Problem):
    """An address or an option that names no filing."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such filing.",
            "The list of reports leads to each; `recalldesk report due` numbers them.",
        )


def filings(recall: Recall, *, by: Staff) -> list[FiledReport]:
    """Every filing of a recall, the newest first. Raises NotPermitted, NoSeat."""
    require_seat(by, recall)
    return list(_light(FiledReport.objects.filter(recall=recall)).order_by("-pk"))


def filings_of(recall: Recall, period: Period) -> QuerySet[FiledReport]:
    """Those of one period."""
    return FiledReport.objects.filter(
        recall=recall, form=ReportForm.CPSC, first_day=period.first, last_day=period.last
    )


def filing(recall: Recall, number: int, *, by: Staff) -> FiledReport:
    """One filing, whole. Raises NotPermitted, NoSeat, NoSuchFiling."""
    require_seat(by, recall)
    rows = FiledReport.objects.select_related("by", "recall")
    row = rows.filter(recall=recall, pk=number).first()
    if row is None:
        raise NoSuchFiling
    return row


def note_of(row: FiledReport, *, by: Staff) -> str:
    """What was to be kept with it: for those of the firm who may file. Raises SealingError."""
    if not by.may(Permission.FILE_REPORT):
        return ""
    logged = rows_about({Subject.FILED_REPORT: [row.pk]})
    return logged[0].note if logged else ""


def period_of(row: FiledReport) -> Period:
    """The days that it is of."""
    return Period(row.first_day, row.last_day)


def content_in(row: FiledReport) -> dict[str, Any]:
    """What was frozen."""
    found: dict[str, Any] = json.loads(row.content)
    return found


def _light(rows: QuerySet[FiledReport]) -> QuerySet[FiledReport]:
    return rows.select_related("by").defer("content", "pdf")
