"""A process that computes the progress report once as a page would, then as a filing would."""

import sys
import time
from datetime import timedelta

import django

django.setup()

from benchmarks.child import Measured
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.as_pdf import as_pdf
from recalldesk.reports.progress.content import content_of, with_rows, written
from recalldesk.reports.progress.report import report_of


def main(slug: str, rounds: int) -> None:
    """The best of some rounds of each."""
    measured = Measured()
    recall = Recall.objects.get(slug=slug)
    by = Staff.objects.filter(role=Role.RECALL_MANAGER).earliest("pk")
    today = clock.now().date()
    period = Period(today - timedelta(days=30), today)
    began = time.perf_counter()
    report = report_of(recall, period, by=by)
    first = time.perf_counter() - began
    again, frozen = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        report = report_of(recall, period, by=by)
        again.append(time.perf_counter() - began)
        written(with_rows(content_of(report), recall, period, with_digests=True))
        frozen.append(time.perf_counter() - began)
    pdf = as_pdf(report)
    numbers = {name: each.so_far for name, each in report.numbers.items()}
    measured.tell(first=first, report=min(again), frozen=min(frozen), pdf=len(pdf), numbers=numbers)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
