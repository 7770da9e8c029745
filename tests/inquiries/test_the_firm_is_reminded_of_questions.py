"""Whoever may answer is reminded of what waits: when its day comes near, and each day after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.answering import answer
from recalldesk.inquiries.asking import ask
from recalldesk.inquiries.jobs import remind
from recalldesk.inquiries.reminding import remind_of_questions
from recalldesk.inquiries.rules import due_on, is_late, reminds
from recalldesk.inquiries.wording import Said
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.cast import Desk
from tests.inquiries.seated import regulator, seat

ASKED = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due", "last", "does"),
    [
        (at(2, 23), date(2026, 11, 2), None, False),
        (at(3), date(2026, 11, 4), None, True),
        (at(3), date(2026, 11, 5), None, False),
        (at(3, 23), date(2026, 11, 4), at(3), False),
        (at(4), date(2026, 11, 4), at(3), True),
        (at(9), date(2026, 11, 4), at(8), True),
        (at(4), None, None, False),
        (at(6), None, None, True),
        (at(8), None, at(6), False),
        (at(9), None, at(6), True),
        (at(9), date(2026, 11, 30), None, False),
        (at(10), date(2026, 11, 30), None, True),
    ],
)
def test_when_the_firm_is_reminded(
    now: datetime, due: date | None, last: datetime | None, does: bool
) -> None:
    assert reminds(now, asked_at=ASKED, due=due, last=last) is does


@given(st.integers(0, 400), st.integers(0, 400) | st.none())
def test_what_is_late_is_reminded_of_each_day(after: int, due: int | None) -> None:
    now = ASKED + timedelta(days=after)
    day = None if due is None else ASKED.date() + timedelta(days=due)
    yesterday = now - timedelta(days=1)
    if is_late(day, now.date()) and after > 0:
        assert reminds(now, asked_at=ASKED, due=day, last=yesterday)
    assert not reminds(now, asked_at=ASKED, due=day, last=now)


def test_the_firms_promise_goes_before_what_was_wanted() -> None:
    first, second = date(2026, 11, 4), date(2026, 11, 9)
    assert (due_on(first, None), due_on(first, second)) == (first, second)
    assert (due_on(None, second), due_on(None, None)) == (second, None)


@pytest.mark.django_db
def test_a_reminder_goes_once_a_day_and_names_no_words(kettles: Desk) -> None:
    recall = kettles.apply().recall
    manager = staff(Role.RECALL_MANAGER, name="Mona Manager")
    greta = regulator()
    seat(greta, recall, given_by=manager)
    today = clock.now().date()
    asked = ask(by=greta, recall=recall, said=Said("Secret words", "Secret?"), wanted_by=today)
    ask(by=greta, recall=recall, said=Said("No day", "None?"))
    assert remind_of_questions() == 0
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert remind_of_questions() == 1
        assert remind_of_questions() == 0
        newest = Mailing.objects.filter(purpose=Purpose.QUESTION_TO_DESK).latest("pk")
        text = opened(newest, "sealed_content")
        assert f"Question {asked.pk}" in text
        assert "Secret" not in text
        answer(number=asked.pk, text="Said.", by=manager)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        remind(0)
    logged = StateChange.objects.filter(subject=Subject.QUESTION, reason=Reason.REMINDED)
    assert [each.subject_id for each in logged] == [asked.pk]
