"""The days that an address of the figures names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.reports.desk_figures.period import MOST_DAYS, Period, period_in, usual_period
from recalldesk.reports.desk_figures.spans import AGES, TIMES, Span
from recalldesk.reports.desk_figures.words import duration, share

TODAY = date(2026, 11, 26)


def test_without_days_it_is_four_weeks_up_to_today() -> None:
    period, said = period_in({}, today=TODAY)
    assert (period, said) == (Period(date(2026, 10, 30), TODAY), ())
    assert period == usual_period(TODAY)
    assert len(list(period.days)) == 28


def test_days_are_taken_as_they_are_named() -> None:
    period, said = period_in({"from": "2026-11-01", "to": "2026-11-01"}, today=TODAY)
    assert (period, said) == (Period(date(2026, 11, 1), date(2026, 11, 1)), ())
    assert period.ends_at - period.begins_at == timedelta(days=1)


def test_days_the_wrong_way_round_are_turned_and_said() -> None:
    period, said = period_in({"from": "2026-11-09", "to": "2026-11-01"}, today=TODAY)
    assert period == Period(date(2026, 11, 1), date(2026, 11, 9))
    assert len(said) == 1


@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_stands_in_an_address_a_period_comes_of_it(first: str, last: str) -> None:
    period, _ = period_in({"from": first, "to": last}, today=TODAY)
    assert period.first <= period.last


@given(st.dates(), st.dates())
def test_a_period_is_never_longer_than_it_may_be_and_what_was_cut_is_said(
    first: date, last: date
) -> None:
    period, said = period_in({"from": str(first), "to": str(last)}, today=TODAY)
    assert (period.last - period.first).days < MOST_DAYS
    if (period.first, period.last) != (first, last):
        assert said


@pytest.mark.parametrize("spans", [AGES, TIMES])
@given(seconds=st.integers(min_value=0, max_value=10**8))
def test_each_wait_stands_in_one_span(spans: tuple[Span, ...], seconds: int) -> None:
    wait = timedelta(seconds=seconds)
    assert [span.holds(wait) for span in spans].count(True) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (11_400, "3 h 10 min"), (362_880, "4.2 days")],
)
def test_a_wait_is_said_as_people_say_it(seconds: int, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words


def test_a_share_is_all_or_nothing_only_where_it_is() -> None:
    assert share(0, 0) == "—"
    assert share(0, 9) == "0.0 %"
    assert share(1, 2_000_000) == "under 0.0001 %"
    assert share(999_999, 1_000_000) == "over 99.9 %"
    assert share(9, 9) == "100.0 %"


def test_a_small_share_is_told_and_never_rounded_up() -> None:
    assert share(83, 1_158_000) == "0.0072 %"
    assert share(1, 1_000) == "0.1 %"
    assert share(999, 1_000) == "99.9 %"
    assert share(-1, 10_000) == "−0.01 %"
