"""A report of each whole month is due on the first of the next; whoever may file is reminded."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import RecallVersion
from recalldesk.reports.progress.due import reports_due
from recalldesk.reports.progress.filing import file_report
from recalldesk.reports.progress.periods import Month, Stage, month_before, month_of, stage_of
from recalldesk.reports.progress.reminding import remind_of_reports
from tests.cast import Cast
from tests.standing import (  # noqa: F401
    cast,
    index_folder,
    kettles,
    published_recall,
    standing,
)


@given(st.dates(date(2001, 1, 1), date(2200, 1, 1)))
def test_every_day_is_of_one_month_and_months_follow_without_a_gap(day: date) -> None:
    month = month_of(day)
    assert month.period.first <= day <= month.period.last
    assert month_before(month.next.first) == month
    assert month.due_on == month.next.period.first


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), Stage.SOON),
        (date(2026, 12, 1), Stage.DUE),
        (date(2026, 12, 2), Stage.LATE),
    ],
)
def test_how_near_it_is(today: date, stage: Stage | None) -> None:
    assert stage_of(Month(2026, 11), today) is stage


def mails() -> int:
    return Mailing.objects.filter(purpose=Purpose.REPORT_DUE).count()


@pytest.mark.django_db
def test_who_may_file_is_reminded_once_at_each_stage_until_it_is_filed(
    published_recall: RecallVersion,  # noqa: F811
    cast: Cast,  # noqa: F811
) -> None:
    recall, may_file = published_recall.recall, 3
    announced = month_of(reports_due([recall.slug])[0].month.first)
    due_on = announced.due_on.isoformat()
    with time_machine.travel(f"{due_on}T09:00:00Z", tick=False):
        (due, running) = reports_due([recall.slug])
        assert (due.month, due.stage, running.stage) == (announced, Stage.DUE, None)
        assert (remind_of_reports(), mails()) == (1, may_file)
        assert (remind_of_reports(), mails()) == (0, may_file)
    late = announced.due_on.replace(day=2).isoformat()
    with time_machine.travel(f"{late}T09:00:00Z", tick=False):
        assert (remind_of_reports(), mails()) == (1, 2 * may_file)
        file_report(recall=recall, period=announced.period, by=cast.author, nonce="first")
        assert [each.month for each in reports_due([recall.slug])] == [announced.next]
    later = announced.due_on.replace(day=20).isoformat()
    with time_machine.travel(f"{later}T09:00:00Z", tick=False):
        assert (remind_of_reports(), mails()) == (0, 2 * may_file)
