"""Whoever may file is reminded by mail of reports: before they are due, on the day, and while late.

Guarantees: once at each stage, also where two workers do it at once or one is killed: that it was
done commits with the mails; of a recall one mail at a time, which names every month that waits; it
holds no figure.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import structlog
from django.db import transaction
from django.urls import reverse

from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.foundation import clock
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED, desk_site, write_to_staff
from recalldesk.recalls.models import Recall
from recalldesk.reports.models import ReportReminder
from recalldesk.reports.progress.due import DueReport, reports_due
from recalldesk.reports.progress.periods import Stage

log = structlog.get_logger()
MOST_NAMED = 12


def remind_of_reports() -> int:
    """Reminds of each recall of which something is new; returns of how many."""
    today = clock.now().date()
    due = [each for each in reports_due(today=today) if each.stage is not None]
    return sum(
        _or_next_time(recall_id, list(some), today)
        for recall_id, some in groupby(due, key=lambda each: each.recall_id)
    )


def _or_next_time(recall_id: int, due: Sequence[DueReport], today: date) -> int:
    """What fails for one recall is told of and left for the next time; no other waits for it."""
    try:
        return _remind(recall_id, due, today)
    except Exception as error:
        log.error("report_reminder_left", recall=recall_id, error=type(error).__name__)
        return 0


@transaction.atomic
def _remind(recall_id: int, due: Sequence[DueReport], today: date) -> int:
    # Of two workers the second waits here, and finds what the first one kept.
    Recall.objects.select_for_update(no_key=True).get(pk=recall_id)
    rows = [
        ReportReminder(
            recall_id=recall_id, last_day=each.month.period.last, stage=_key(each, today)
        )
        for each in due
    ]
    known = set(ReportReminder.objects.filter(recall_id=recall_id).values_list("last_day", "stage"))
    new = [each for each in rows if (each.last_day, each.stage) not in known]
    if not new:
        return 0
    ReportReminder.objects.bulk_create(new)
    letter = letter_of(due)
    for person in staff_who_may(Permission.FILE_REPORT):
        write_to_staff(to=person.email, letter=letter, purpose=Purpose.REPORT_DUE)
    return 1


def _key(each: DueReport, today: date) -> str:
    """What is late is told of again each week."""
    assert each.stage is not None
    return f"late{today.isocalendar().week}" if each.stage is Stage.LATE else each.stage.value


def letter_of(due: Sequence[DueReport]) -> Letter:
    """The mail. `due`: of one recall, the oldest first."""
    slug, late = due[0].slug, [each for each in due if each.stage is Stage.LATE]
    first = late[0] if late else due[0]
    more = len(due) - MOST_NAMED
    return Letter(
        subject=f"{slug}: {_said(first)}",
        language="en",
        signed=SIGNED,
        paragraphs=(
            f"The Monthly Progress Report of {slug} goes to the CPSC on the first of each month. "
            "It is counted at the desk: look through it, file it there, and send the PDF to the "
            "compliance officer. Nothing is sent by itself.",
        ),
        points=tuple(_said(each) for each in due[:MOST_NAMED])
        + ((f"And {more} more.",) if more > 0 else ()),
        button=("Open the reports", desk_site() + reverse("console:reports")),
    )


def _said(each: DueReport) -> str:
    named = f"The report of {each.month.first:%B %Y}"
    if each.stage is Stage.LATE:
        return f"{named} is late: it was due on {each.month.due_on}"
    return f"{named} is due on {each.month.due_on}"
