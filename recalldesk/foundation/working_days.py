"""Working days: Monday to Friday. Public holidays are not known here, and count as working days."""

from datetime import date, timedelta

SATURDAY = 5


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after `day`; with 0, `day` itself or the next working day."""
    reached = day
    while reached.weekday() >= SATURDAY:
        reached += timedelta(days=1)
    for _ in range(count):
        reached += timedelta(days=1)
        while reached.weekday() >= SATURDAY:
            reached += timedelta(days=1)
    return reached
