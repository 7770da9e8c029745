"""When a partner that has not answered is reminded: a pure decision over days."""

from dataclasses import dataclass
from datetime import date, timedelta

EVERY = timedelta(days=3)
"""Between two reminders after the deadline."""
MOST_REMINDERS = 10
"""Then a person goes on by phone; it stays on the list of who is late."""


@dataclass(frozen=True)
class Asked:
    """A notice that is not answered: when it was told, by when to answer, what was asked since."""

    told_on: date
    answer_by: date
    reminders: int = 0
    reminded_on: date | None = None


def is_late(answer_by: date, today: date) -> bool:
    """Whether the day by which to answer is over."""
    return today > answer_by


def reminder_is_due(asked: Asked, today: date) -> bool:
    """Once on the day before the deadline, or on the day itself where that was missed; once on the
    day after it, then every third day. Never on the day on which it was told or reminded."""
    last = asked.reminded_on or asked.told_on
    if asked.reminders >= MOST_REMINDERS or last >= today:
        return False
    if not is_late(asked.answer_by, today):
        is_near = today >= asked.answer_by - timedelta(days=1)
        return is_near and asked.reminders == 0
    was_reminded_late = asked.reminded_on is not None and asked.reminded_on > asked.answer_by
    return not was_reminded_late or today - last >= EVERY
