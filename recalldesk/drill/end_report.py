"""The progress report of the drilled recall, counted as an authority would get it."""

from datetime import timedelta

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.report import report_of

CORRECTED = "corrected-total"
LONGEST = timedelta(days=400)


def corrected_in_report(recall: Recall, *, by: Staff) -> int:
    """How many corrected units the report counts, from the first day to the drill's today."""
    today = clock.now().date()
    report = report_of(recall, Period(today - LONGEST, today), by=by)
    return report.numbers[CORRECTED].so_far
