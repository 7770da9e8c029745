"""A poster stays up for 120 days at least, counted from the last day that matters."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.notices.papers.until import post_until

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How fast days are drawn says how busy the machine is, and nothing of the rule."""


@UNHURRIED
@given(st.tuples(DAYS, DAYS, DAYS))
def test_at_least_120_days_and_less_than_a_month_more(days: tuple[date, ...]) -> None:
    until = post_until(*days)
    assert all(until - day >= timedelta(days=120) for day in days)
    assert until - max(days) < timedelta(days=120 + 31)


@UNHURRIED
@given(DAYS)
def test_it_is_the_last_day_of_a_month(day: date) -> None:
    assert (post_until(day) + timedelta(days=1)).day == 1


def test_one_printed_long_after_the_announcement_still_stays_up() -> None:
    assert post_until(date(2025, 6, 12), date(2026, 11, 26)) == date(2027, 3, 31)
