"""Which monthly reports are due, and which are filed.

Guarantee: each month since a recall was announced and published here has its report, until it was
closed, in the United States alone; a month is settled by a filing of exactly its days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from recalldesk.foundation import clock
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.head import UNITED_STATES, jurisdiction_of
from recalldesk.reports.progress.periods import Month, Stage, months_since, stage_of


@dataclass(frozen=True)
class DueReport:
    """A month whose report is not filed. `stage`: None while nobody has to be reminded."""

    recall_id: int
    slug: str
    month: Month
    stage: Stage | None


def reports_due(
    slugs: Collection[str] | None = None, *, today: date | None = None
) -> list[DueReport]:
    """Those of some recalls, or of all, by recall, the oldest first. The month that is not over is
    the last of each."""
    day = today or clock.now().date()
    recalls = [each for each in live_recalls() if slugs is None or each.slug in slugs]
    filed = set(
        FiledReport.objects.filter(
            form=ReportForm.CPSC, recall_id__in=[each.recall_id for each in recalls]
        ).values_list("recall_id", "first_day", "last_day")
    )
    begun = dict(
        RecallVersion.objects.filter(published_at__isnull=False)
        .values_list("recall_id")
        .annotate(first=Min("published_at"))
        .order_by()
    )
    return [
        DueReport(recall.recall_id, recall.slug, month, stage_of(month, day))
        for recall in sorted(recalls, key=lambda each: each.slug)
        for month in _months(recall, begun[recall.recall_id], day)
        if (recall.recall_id, month.period.first, month.period.last) not in filed
    ]


def _months(recall: LiveRecall, published_at: datetime, today: date) -> list[Month]:
    document = recall.document
    if jurisdiction_of(document, UNITED_STATES) is None:
        return []
    begun = max(document.announced or published_at.date(), published_at.date())
    until = min(today, recall.closed_at.date()) if recall.closed_at else today
    return list(months_since(begun, until=until))
