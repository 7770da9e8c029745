"""Whenever somebody looks: the desk is reminded once at each stage, and in time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.incidents.following import what_follows
from recalldesk.incidents.rules import (
    NEAR_AFTER,
    TO_DECIDE_IN,
    Clock,
    Stage,
    clock_since,
    left_in_words,
)
from recalldesk.incidents.states import IncidentState

BEGAN = datetime(2026, 3, 1, 17, 20, tzinfo=UTC)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PAUSES = st.lists(st.integers(1, 600), min_size=1, max_size=60)
"""Minutes between two runs of the job."""


def reminders(pauses: list[int], *, workers: int = 1) -> list[datetime]:
    """When the desk is reminded by a job that runs with these pauses, each time so often."""
    clock, now, reminded_at, sent = Clock(BEGAN), BEGAN, None, list[datetime]()
    for pause in pauses:
        now += timedelta(minutes=pause)
        for _ in range(workers):
            if clock.reminds(now, reminded_at=reminded_at):
                reminded_at = now
                sent.append(now)
    return sent


@given(PAUSES, st.integers(1, 3))
def test_however_often_the_job_runs_each_stage_is_reminded_of_once(
    pauses: list[int], workers: int
) -> None:
    sent = reminders(pauses, workers=workers)
    clock = Clock(BEGAN)
    reached = clock.stage(BEGAN + timedelta(minutes=sum(pauses)))
    stages = [clock.stage(at) for at in sent]
    assert Stage.FRESH not in stages
    for stage in (Stage.NEAR, Stage.URGENT):
        assert stages.count(stage) <= 1
    over = [at.date() for at in sent if clock.stage(at) is Stage.OVER]
    assert len(over) == len(set(over))
    assert bool(sent) == (reached is not Stage.FRESH)
    if sent:
        assert stages[-1] == reached


@given(st.integers(1, 120))
def test_a_job_that_runs_every_two_hours_at_least_reminds_twice_before_the_time_is_over(
    minutes: int,
) -> None:
    runs = int(TO_DECIDE_IN / timedelta(minutes=minutes))
    sent = reminders([minutes] * runs)
    assert len([at for at in sent if at < Clock(BEGAN).due_at]) == 2
    assert sent[0] - BEGAN < NEAR_AFTER + timedelta(hours=2)


@given(MOMENTS, st.none() | MOMENTS, st.lists(MOMENTS, max_size=5))
def test_joining_reports_never_makes_a_clock_start_later(
    obtained_at: datetime, learned_at: datetime | None, joined_at: list[datetime]
) -> None:
    since = clock_since(obtained_at=obtained_at, learned_at=learned_at, joined_at=joined_at)
    alone = clock_since(obtained_at=obtained_at, learned_at=learned_at, joined_at=[])
    assert since <= alone
    assert since == (learned_at or min([obtained_at, *joined_at]))


@given(st.sampled_from(IncidentState), st.booleans(), st.none() | MOMENTS, MOMENTS)
def test_news_opens_what_was_not_reportable_and_unsays_no_report(
    state: IncidentState, is_decided: bool, learned_at: datetime | None, told_at: datetime
) -> None:
    follows = what_follows(
        state=state, is_decided=is_decided, learned_at=learned_at, told_at=told_at
    )
    assert (follows.state is IncidentState.FILED) == (state is IncidentState.FILED)
    if is_decided:
        assert follows.state is not IncidentState.NOT_REPORTABLE
        if state is not IncidentState.OBTAINED:
            assert follows.learned_at == min(told_at, learned_at or told_at)
    else:
        assert (follows.state, follows.learned_at) == (state, None)


@given(MOMENTS, MOMENTS)
def test_what_is_left_is_said_as_time_left_until_it_is_over(due: datetime, now: datetime) -> None:
    words = left_in_words(due, now)
    assert words.endswith("left") == (now < due)
    assert words.startswith("over") == (now >= due)


def test_the_time_left_reads_as_people_say_it() -> None:
    left = {
        timedelta(hours=3, minutes=20, seconds=59): "3 h 20 min left",
        timedelta(minutes=7): "7 min left",
        timedelta(seconds=30): "less than a minute left",
        timedelta(): "over",
        timedelta(hours=-30): "over by 30 h",
        timedelta(days=-9, hours=-3): "over by 9 days",
    }
    assert {each: left_in_words(BEGAN + each, BEGAN) for each in left} == left
