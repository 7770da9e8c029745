"""The rule about a remedy that is promised for a day before it may be ordered."""

from collections.abc import Iterator
from datetime import date, timedelta

from recalldesk.foundation.working_days import add_working_days
from recalldesk.recalls.document import Document
from recalldesk.recalls.lint.findings import Lack, NoticeRule, Severity, Where
from recalldesk.recalls.working_calendar import calendar_of

A_WEEK = tuple(date(2024, 1, 1) + timedelta(days=days) for days in range(7))
"""Seven days in a row, so that each day of the week is one."""


def promised_before_the_wait_ends(document: Document) -> Iterator[Lack]:
    """Remedies whose days may be over before one that the rule approved may be ordered."""
    review = document.review
    if not review.by_rule:
        return
    wait = review.wait_before_order_days
    for place, remedy in enumerate(document.remedies):
        fewest = _fewest_days(remedy.days, calendar_of(document).weekend)
        if fewest < wait:
            yield (
                ("remedies", place, "days"),
                f"is {remedy.days}: so many working days may be over in {fewest} days, and the rule"
                f" has it wait {wait} before it is ordered",
            )


def _fewest_days(working_days: int, weekend: frozenset[int]) -> int:
    """In how few days so many working days may be over, holidays not counted."""
    return min((add_working_days(day, working_days, (), weekend) - day).days for day in A_WEEK)


TIMELY_RULES: tuple[NoticeRule, ...] = (
    NoticeRule(
        "remedy-before-wait",
        "GPSR Art. 37(1)",
        Where.EVERYWHERE,
        Severity.WARNING,
        "No remedy is promised for a day before it may be ordered.",
        "Promise more `days`, or shorten `review.wait_before_order_days`.",
        promised_before_the_wait_ends,
    ),
)
