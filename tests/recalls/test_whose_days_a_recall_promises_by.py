"""A recall file says whose days its promises are of; where it does not, its first country does."""

import re
from datetime import UTC, date, datetime

import pytest

from recalldesk.recalls.document import Document
from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text
from recalldesk.recalls.time_zones import is_time_zone, zone_of_country
from recalldesk.recalls.working_calendar import calendar_of

LATE_IN_UTC = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
"""The evening of Monday, March 2, in the United States."""


def document(*lines: str) -> Document:
    text = starting_text("kettle-k20")
    added = "\n".join(("[promises]", *lines))
    return read_recall_file(re.sub(r"(?m)^\[promises\]$", added, text))


def test_the_first_country_says_it_where_the_file_does_not() -> None:
    calendar = calendar_of(document())
    assert calendar.zone.key == "America/New_York"
    assert calendar.day_of(LATE_IN_UTC) == date(2026, 3, 2)
    assert calendar.weekend == {5, 6}


def test_the_file_says_it_itself() -> None:
    calendar = calendar_of(document('time_zone = "Asia/Tokyo"', 'weekend = ["friday", "saturday"]'))
    assert calendar.day_of(LATE_IN_UTC) == date(2026, 3, 3)
    assert calendar.weekend == {4, 5}
    assert calendar.after(date(2026, 3, 5), 1) == date(2026, 3, 8)  # from a Thursday to a Sunday
    assert calendar.next_after(date(2026, 3, 6)) == date(2026, 3, 8)


@pytest.mark.parametrize(
    "line",
    [
        'time_zone = "EST5"',
        'time_zone = "../America/New_York"',
        'time_zone = "New York"',
        'weekend = ["friday", "friday"]',
        'weekend = ["caturday"]',
        'weekend = ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]',
    ],
)
def test_what_is_no_zone_or_no_weekend_is_refused(line: str) -> None:
    with pytest.raises(RecallFileProblems):
        document(line)


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("US", "America/New_York"),
        ("CA", "America/Toronto"),
        ("ES", "Europe/Madrid"),
        ("DE", "Europe/Berlin"),
        ("FR", "Europe/Paris"),
        ("JP", "Asia/Tokyo"),
        ("XX", "UTC"),
    ],
)
def test_a_country_has_the_zone_of_most_of_its_people(country: str, zone: str) -> None:
    assert zone_of_country(country).key == zone
    assert is_time_zone(zone)
