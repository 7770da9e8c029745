"""What the first page of the desk says of reports to authorities.

Guarantee: it is said to whoever may file, once for each recall, as soon as one is near.
"""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.reports.progress.due import reports_due
from recalldesk.reports.progress.periods import Stage


@dataclass(frozen=True)
class ReportsWaiting:
    """What waits of a recall: its months in words, and whether one is late."""

    url: str
    said: str
    when: str
    is_late: bool


def reports_on_start(person: Staff) -> list[ReportsWaiting]:
    """Those of each recall, by name."""
    if not person.may(Permission.FILE_REPORT):
        return []
    near = [each for each in reports_due() if each.stage is not None]
    waiting = []
    for slug, some in groupby(near, key=lambda each: each.slug):
        due = list(some)
        first = due[0]
        count = len(due)
        late = first.stage is Stage.LATE
        named = f"{first.month.first:%B %Y}" if count == 1 else f"{count} months"
        day = f"{first.month.due_on:%-d %B %Y}"
        waiting.append(
            ReportsWaiting(
                reverse("console:reports"),
                f"{slug}: progress report of {named}",
                f"late since {day}." if late else f"due on {day}.",
                late,
            )
        )
    return waiting
