"""Working days: Monday to Friday, counted forwards."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.working_days import SATURDAY, add_working_days

DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))
COUNTS = st.integers(0, 120)


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        ("2026-07-06", 0, "2026-07-06"),  # a Monday
        ("2026-07-06", 1, "2026-07-07"),
        ("2026-07-06", 5, "2026-07-13"),
        ("2026-07-03", 1, "2026-07-06"),  # a Friday
        ("2026-07-04", 0, "2026-07-06"),  # a Saturday
        ("2026-07-04", 1, "2026-07-07"),
        ("2026-07-05", 1, "2026-07-07"),  # a Sunday
        ("2026-12-31", 1, "2027-01-01"),  # no holiday was named
    ],
)
def test_days_are_counted_so(day: str, count: int, reached: str) -> None:
    assert add_working_days(date.fromisoformat(day), count).isoformat() == reached


@given(DAYS, COUNTS)
def test_it_is_a_working_day_with_so_many_working_days_before_it(day: date, count: int) -> None:
    reached = add_working_days(day, count)
    assert reached.weekday() < SATURDAY
    start = add_working_days(day, 0)
    between = (start + timedelta(days=n) for n in range(1, (reached - start).days + 1))
    assert sum(each.weekday() < SATURDAY for each in between) == count


@given(DAYS, COUNTS, COUNTS)
def test_one_part_after_the_other_is_the_whole(day: date, first: int, second: int) -> None:
    parts = add_working_days(add_working_days(day, first), second)
    assert parts == add_working_days(day, first + second)


@given(
    st.dates(date(1970, 1, 1), date(2100, 1, 1)),
    st.integers(0, 40),
    st.lists(st.integers(0, 60), max_size=20),
)
def test_holidays_are_no_working_days(day: date, count: int, after: list[int]) -> None:
    holidays = {day + timedelta(days=days) for days in after}
    reached = add_working_days(day, count, holidays)
    start = add_working_days(day, 0, holidays)
    between = [start + timedelta(days=days + 1) for days in range((reached - start).days)]
    worked = [each for each in between if each.weekday() < SATURDAY and each not in holidays]
    assert reached not in holidays
    assert reached.weekday() < SATURDAY
    assert len(worked) == count


def test_christmas_puts_a_promise_off() -> None:
    christmas = date(2026, 12, 25)  # a Friday
    assert add_working_days(date(2026, 12, 24), 1) == christmas
    assert add_working_days(date(2026, 12, 24), 1, [christmas]) == date(2026, 12, 28)
