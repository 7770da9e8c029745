"""Working days: Monday to Friday, but for the holidays that are named."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def add_working_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The day `count` working days after `day`; with 0, `day` itself or the next working day."""
    reached = day
    while _is_free(reached, holidays):
        reached += timedelta(days=1)
    for _ in range(count):
        reached += timedelta(days=1)
        while _is_free(reached, holidays):
            reached += timedelta(days=1)
    return reached


def _is_free(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() >= SATURDAY or day in holidays
