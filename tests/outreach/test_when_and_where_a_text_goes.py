"""By day alone, in every zone in which a number may lie; to numbers that take text messages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.outreach.sending.night import day_for, zones_of
from recalldesk.outreach.sending.numbers import number_to_text
from recalldesk.outreach.sending.words import complete_text

NEW_YORK, LOS_ANGELES, BERLIN = "+12125550143", "+13105550143", "+4915112345678"
TOLL_FREE_PLAN = "+15005550143"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "now", "when"),
    [
        (NEW_YORK, "2031-01-10 14:30", "2031-01-10 14:30"),  # 9:30 there
        (NEW_YORK, "2031-01-10 12:59", "2031-01-10 13:00"),
        (NEW_YORK, "2031-01-11 02:01", "2031-01-11 13:00"),  # 21:01
        (NEW_YORK, "2031-07-11 00:59", "2031-07-11 00:59"),  # in summer 20:59
        (LOS_ANGELES, "2031-01-10 14:30", "2031-01-10 16:00"),
        (BERLIN, "2031-01-10 06:40", "2031-01-10 07:00"),
    ],
)
def test_it_waits_for_the_day_there(number: str, now: str, when: str) -> None:
    assert day_for(number, utc(now)) == utc(when)


def test_a_number_that_may_lie_anywhere_waits_until_it_is_day_in_all_of_it() -> None:
    zones = zones_of(TOLL_FREE_PLAN)
    assert len(zones) > 3
    when = day_for(TOLL_FREE_PLAN, utc("2031-01-10 14:00"))
    assert all(8 <= when.astimezone(ZoneInfo(zone)).hour < 21 for zone in zones)


@given(
    st.sampled_from([NEW_YORK, LOS_ANGELES, BERLIN, "+919876543210", "+81312345678"]),
    st.integers(0, 3 * 366 * 24 * 60),
)
def test_whatever_the_moment_it_leaves_by_day_within_a_day(number: str, minutes: int) -> None:
    moment = utc("2030-01-01 00:00") + timedelta(minutes=minutes)
    when = day_for(number, moment)
    assert moment <= when < moment + timedelta(days=1)
    for zone in zones_of(number):
        assert 8 <= when.astimezone(ZoneInfo(zone)).hour < 21


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("(202) 555-0143", "US", "+12025550143"),
        ("+1 202 555 0143", "", "+12025550143"),
        ("0151 12345678", "DE", "+4915112345678"),
        ("030 901820", "DE", ""),  # a landline
        ("800 555 0143", "US", ""),
        ("555-0143", "US", ""),
        ("202 555 0143", "", ""),
        ("none", "US", ""),
    ],
)
def test_the_number_to_which_it_goes(written: str, country: str, number: str) -> None:
    assert number_to_text(written, country) == number


def test_a_text_names_the_firm_and_how_to_stop() -> None:
    whole = "Tidewater: Safety recall. Reply STOP to end."
    assert complete_text(whole, "Tidewater", "en") == whole
    said = complete_text("Safety recall.", "Tidewater", "en")
    assert said.startswith("Tidewater: Safety recall. ")
    assert "STOP" in said
