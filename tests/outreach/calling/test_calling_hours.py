"""When somebody may be called: at day where their number may lie."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.outreach.calling.hours import (
    CALLS_FROM,
    CALLS_UNTIL,
    is_open,
    local_times,
    may_call,
    next_try,
    number_of,
    opens_at,
    zones_of_country,
)

NEW_YORK, MADRID = ("America/New_York",), ("Europe/Madrid",)
MOMENTS = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from([NEW_YORK, MADRID, ("America/New_York", "America/Los_Angeles"), ()])


def clock_in(zone: str, moment: datetime) -> time:
    return moment.astimezone(ZoneInfo(zone)).time()


@given(ZONES, MOMENTS)
def test_it_is_day_in_every_zone_when_the_hours_open(zones: tuple[str, ...], now: datetime) -> None:
    opened = opens_at(zones, now)
    assert now <= opened < now + timedelta(days=2)
    for zone in zones:
        assert CALLS_FROM <= clock_in(zone, opened) < CALLS_UNTIL


@given(ZONES, MOMENTS)
def test_the_next_try_is_on_another_day_at_another_part_of_it(
    zones: tuple[str, ...], tried_at: datetime
) -> None:
    again = next_try(zones, tried_at)
    zone = ZoneInfo(zones[0] if zones else "UTC")
    was, then = tried_at.astimezone(zone), again.astimezone(zone)
    assert then.date() > was.date()
    if len(zones) < 2:
        assert (was.time() < time(13)) == (then.time() > time(13))


@pytest.mark.parametrize(
    ("written", "country", "shown", "zones"),
    [
        ("(202) 555-0111", "US", "+1 202-555-0111", NEW_YORK),
        ("+34 912 345 678", "US", "+34 912 34 56 78", MADRID),
        ("912345678", "ES", "+34 912 34 56 78", MADRID),
    ],
)
def test_a_number_is_read_as_a_shop_wrote_it(
    written: str, country: str, shown: str, zones: tuple[str, ...]
) -> None:
    number = number_of(written, country)
    assert number is not None
    assert (number.shown, number.zones) == (shown, zones)


@pytest.mark.parametrize("written", ["", "none", "12", "call me"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert number_of(written, "US") is None


def test_nobody_is_called_at_night() -> None:
    night = datetime(2026, 6, 1, 3, tzinfo=UTC)  # 23:00 in New York the day before
    assert not is_open(NEW_YORK, night)
    assert opens_at(NEW_YORK, night) == datetime(2026, 6, 1, 13, tzinfo=UTC)
    assert local_times(NEW_YORK, night) == ("23:00",)


def test_a_country_too_wide_is_called_when_it_is_day_in_most_of_it() -> None:
    zones = zones_of_country("RU")
    assert len(zones) > 9
    best = opens_at(zones, datetime(2026, 6, 1, 0, 1, tzinfo=UTC))
    assert may_call(zones, best)
