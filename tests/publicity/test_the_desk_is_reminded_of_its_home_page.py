"""The desk is reminded of the home page: once of each thing, never of a closed recall."""

from datetime import datetime, timedelta

import pytest
import time_machine

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.publicity.models import HomePageReminder
from recalldesk.publicity.reminding import asks_of, remind_desk
from recalldesk.publicity.states import Stage
from recalldesk.recalls.actions import close_recall
from recalldesk.recalls.models import Recall
from tests.cast import Desk
from tests.publicity.entered import linked, looked, not_linked


@pytest.fixture
def published(kettles: Desk) -> Recall:
    return kettles.published().recall


@pytest.fixture
def began_at(published: Recall) -> datetime:
    return clock.now()


def reminded(at: datetime) -> list[str]:
    """The stages of which a run at that moment, and one after it, reminds."""
    before = HomePageReminder.objects.count()
    with time_machine.travel(at, tick=False):
        first, second = remind_desk(), remind_desk()
    rows = HomePageReminder.objects.order_by("pk")[before:]
    assert (first, second) == (len(rows), 0)
    assert Mailing.objects.filter(purpose=Purpose.HOME_PAGE_TO_DESK).count() == before + len(rows)
    return [row.stage for row in rows]


def test_each_week_until_somebody_answers(published: Recall, by: Staff, began_at: datetime) -> None:
    days: dict[int, list[str]] = {0: [], 1: [Stage.UNANSWERED], 5: [], 9: [Stage.UNANSWERED]}
    for day, stages in days.items():
        assert reminded(began_at + timedelta(days=day, minutes=1)) == stages
    not_linked(published, by)
    assert reminded(began_at + timedelta(days=30)) == []


def test_before_the_120_days_are_over_and_after_them(
    published: Recall, by: Staff, began_at: datetime
) -> None:
    linked(published, by, since=began_at.date())
    days: dict[int, list[str]] = {104: [], 105: [Stage.ENDING], 119: [], 120: [Stage.OVER], 200: []}
    for day, stages in days.items():
        assert reminded(began_at + timedelta(days=day)) == stages
    linked(published, by, since=began_at.date())
    assert reminded(began_at + timedelta(days=201)) == [Stage.OVER]


def test_of_a_closed_recall_nothing_is_asked(
    kettles: Desk, published: Recall, began_at: datetime
) -> None:
    close_recall(recall=published, by=kettles.cast.approver)
    assert asks_of(published, began_at) == ()
    assert reminded(began_at + timedelta(days=9)) == []


def test_the_page_says_what_else_is_to_be_looked_at(
    published: Recall, by: Staff, began_at: datetime
) -> None:
    linked(published, by, text="Read this", since=began_at.date())
    looked(published, by, on=began_at.date())
    words = [ask.words for ask in asks_of(published, began_at + timedelta(days=8))]
    assert [each.rpartition(": ")[2] for each in words[:2]] == [
        "its text lacks “recall”.",
        "its text lacks “safety”.",
    ]
    assert words[2:] == ["Look again, as every week, at Madeup Auctions."]
