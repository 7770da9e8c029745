"""Waits grow, never beyond their bound, and a killed worker costs at most about a minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.jobs import Job

from recalldesk.foundation import clock
from recalldesk.jobs import pace
from recalldesk.jobs.jobs import wait_before
from recalldesk.jobs.waits import GrowingWaits

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
seconds = st.integers(1, 10_000).map(lambda number: timedelta(seconds=number))


def job(attempts: int) -> Job:
    return Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)


@given(seconds, seconds, st.integers(0, 1000))
def test_each_wait_is_as_long_as_the_one_before_or_longer_and_none_passes_the_bound(
    first: timedelta, longest: timedelta, attempts: int
) -> None:
    waits = GrowingWaits(first=first, longest=longest)
    assert timedelta() < waits.wait_after(attempts) <= waits.wait_after(attempts + 1) <= longest


def test_it_doubles() -> None:
    waits = GrowingWaits(first=timedelta(seconds=10), longest=timedelta(seconds=70))
    assert [waits.wait_after(n).total_seconds() for n in range(5)] == [10, 20, 40, 70, 70]


def test_the_last_of_so_many_attempts_is_the_last() -> None:
    waits = GrowingWaits(at_most=3)
    decisions = [waits.get_retry_decision(exception=OSError(), job=job(n)) for n in range(3)]
    assert [decision is None for decision in decisions] == [False, False, True]


@time_machine.travel(NOW, tick=False)
def test_it_says_when() -> None:
    decision = GrowingWaits().get_retry_decision(exception=OSError(), job=job(1))
    assert decision is not None
    assert decision.retry_at == NOW + timedelta(seconds=20)


@time_machine.travel(NOW, tick=False)
def test_a_clock_that_jumped_keeps_no_job_waiting() -> None:
    clock.be_ahead_by(lambda: 7_200.0)
    try:
        decision = GrowingWaits().get_retry_decision(exception=OSError(), job=job(1))
    finally:
        clock.be_ahead_by(lambda: 0.0)
    assert decision is not None
    assert decision.retry_at == NOW + timedelta(seconds=20)


def test_a_killed_worker_costs_at_most_about_a_minute() -> None:
    looks = timedelta(seconds=pace.SECONDS_BETWEEN_LOOKS)
    assert pace.STALLED_AFTER + looks + pace.LOOKED_FOR_WORK <= timedelta(seconds=60)
    assert pace.HEARTBEAT * 4 <= pace.STALLED_AFTER


@pytest.mark.parametrize(("attempts", "waits"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_job_that_kills_its_worker_each_time_waits_in_the_end(attempts: int, waits: bool) -> None:
    assert (wait_before(job(attempts)) > timedelta()) is waits
