"""By when a question is to be answered, and when the firm is reminded. Pure.

Guarantee: the day that the firm promised goes before the one that the authority wanted; nobody is
reminded twice on a day.
"""

from datetime import date, datetime, timedelta

NEAR = timedelta(days=1)
"""From so long before its day on, a question is reminded of each day."""
NO_DAY_EVERY = timedelta(days=3)
FAR_EVERY = timedelta(days=7)


def due_on(wanted_by: date | None, promised: date | None) -> date | None:
    """The day by which the answer is due, or None where nobody named one."""
    return promised or wanted_by


def is_late(due: date | None, today: date) -> bool:
    """Whether that day has passed."""
    return due is not None and due < today


def reminds(now: datetime, *, asked_at: datetime, due: date | None, last: datetime | None) -> bool:
    """Whether the firm is reminded now. `last`: when it was reminded before."""
    since = last or asked_at
    if since.date() >= now.date():
        return False
    if due is None:
        return now - since >= NO_DAY_EVERY
    if now.date() >= due - NEAR:
        return True
    return now - since >= FAR_EVERY
