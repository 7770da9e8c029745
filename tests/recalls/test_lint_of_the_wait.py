"""A remedy that is promised for a day before it may be ordered is warned of."""

import pytest

from recalldesk.recalls.lint.findings import Severity
from recalldesk.recalls.lint.notice import lint
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")
RULE = "remedy-before-wait"


def found(days: int, wait: int, *, by_rule: bool = True) -> list[tuple[Severity, str]]:
    text = WHOLE.replace("\ndays = 10 ", f"\ndays = {days} ")
    text = text.replace("wait_before_order_days = 7 ", f"wait_before_order_days = {wait} ")
    text = text.replace("by_rule = true ", f"by_rule = {str(by_rule).lower()} ")
    rules = [each for each in lint(read_recall_file(text)) if each.rule == RULE]
    return [(each.severity, each.message) for each in rules]


@pytest.mark.parametrize(
    ("days", "wait"), [(10, 7), (10, 14), (6, 7), (5, 7), (1, 1), (1, 0), (5, 5), (20, 28)]
)
def test_days_that_hold_the_wait_are_well(days: int, wait: int) -> None:
    assert found(days, wait) == []


@pytest.mark.parametrize(("days", "wait"), [(5, 8), (10, 15), (1, 2), (20, 30)])
def test_days_that_may_be_over_before_it_are_warned_of(days: int, wait: int) -> None:
    ((severity, message),) = found(days, wait)
    assert severity is Severity.WARNING
    assert f"wait {wait}" in message


def test_where_people_decide_all_nothing_waits() -> None:
    assert found(5, 9, by_rule=False) == []
