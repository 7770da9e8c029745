"""A moment on a page of the desk: in UTC, and with its year where that is another one."""

from datetime import UTC, datetime

import time_machine

from recalldesk.console.templatetags.desk import when


@time_machine.travel(datetime(2027, 1, 2, 9, 0, tzinfo=UTC), tick=False)
def test_a_moment_of_this_year_needs_none() -> None:
    assert when(datetime(2027, 1, 1, 23, 5, tzinfo=UTC)) == "1 Jan 23:05"


@time_machine.travel(datetime(2027, 1, 2, 9, 0, tzinfo=UTC), tick=False)
def test_a_moment_of_another_year_says_so() -> None:
    assert when(datetime(2026, 11, 26, 14, 15, tzinfo=UTC)) == "26 Nov 2026 14:15"


def test_no_moment_is_nothing() -> None:
    assert when(None) == ""
