"""The door to the logs that were brought in."""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.publicity.models import HitsFile
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class LogSeen:
    """A log, and what became of its lines."""

    number: int
    at: datetime
    by: str
    lines: int
    accepted: int
    rejected: int
    duplicate: int
    blank: int
    others: int
    robots: int
    first_at: datetime | None
    last_at: datetime | None
    is_taken_back: bool


def logs_of(recall: Recall) -> tuple[LogSeen, ...]:
    """The logs of a recall, the newest first."""
    rows = HitsFile.objects.filter(recall=recall, takes_back__isnull=True)
    return tuple(_seen(row) for row in rows.select_related("by", "taken_back_by").order_by("-pk"))


def _seen(row: HitsFile) -> LogSeen:
    return LogSeen(
        number=row.pk,
        at=row.at,
        by=row.by.name,
        lines=row.lines,
        accepted=row.accepted,
        rejected=row.rejected,
        duplicate=row.duplicate,
        blank=row.blank,
        others=row.others,
        robots=row.robots,
        first_at=row.first_at,
        last_at=row.last_at,
        is_taken_back=getattr(row, "taken_back_by", None) is not None,
    )
