"""A new owner whom no machine could write to is told by a person, who says so once."""

from datetime import timedelta

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer, take_back_answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.answering.told_by_hand import NotTold, mark_told, new_owners_to_tell
from recalldesk.outreach.models import DirectNotice, ToldByHand
from recalldesk.outreach.states import AnswerKind, ByHand, NoticeState
from recalldesk.outreach.waves.actions import stop_wave
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.outreach.told import Told


@pytest.fixture
def left(told: Told) -> DirectNotice:
    """A new owner with a number alone, where waves go by mail."""
    buyer = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), buyer)
    given = answer(notice=notice, kind=AnswerKind.SOLD, next_owner=NextOwner("Nia", "+12025550119"))
    return given.led_to.get()


def to_tell(told: Told) -> list[int]:
    return [each.pk for each in new_owners_to_tell(told.recall, by=told.cast.author)]


def test_they_are_told_once_with_how_when_and_a_note(told: Told, left: DirectNotice) -> None:
    assert to_tell(told) == [left.pk]
    today = clock.now().date()
    kept = mark_told(
        notice_id=left.pk, how=ByHand.CALLED, on=today, by=told.cast.author, note="Will look."
    )
    left.refresh_from_db()
    assert (left.state, left.withheld) == (NoticeState.SENT, "")
    assert left.sent_at is not None
    assert left.made_at <= left.sent_at <= clock.now()
    assert opened(kept, "sealed_note") == "Will look."
    assert to_tell(told) == []
    again = mark_told(notice_id=left.pk, how=ByHand.MET, on=today, by=told.cast.approver)
    assert again == kept
    moves = StateChange.objects.filter(subject=Subject.NOTICE, subject_id=left.pk)
    assert moves.filter(from_state="withheld", to_state="sent").count() == 1


def test_a_day_before_they_were_named_is_none(told: Told, left: DirectNotice) -> None:
    for days in (-1, 1):
        on = clock.now().date() + timedelta(days=days)
        with pytest.raises(NotTold):
            mark_told(notice_id=left.pk, how=ByHand.WROTE, on=on, by=told.cast.author)
    assert not ToldByHand.objects.exists()


def test_whose_earlier_owner_took_it_back_is_not_told(told: Told, left: DirectNotice) -> None:
    assert left.passed_on_by is not None
    take_back_answer(answer=left.passed_on_by)
    assert to_tell(told) == []
    with pytest.raises(NotTold):
        mark_told(notice_id=left.pk, how=ByHand.CALLED, on=clock.now().date(), by=told.cast.author)


def test_whoever_may_call_nobody_marks_nobody(told: Told, left: DirectNotice) -> None:
    reader = staff(Role.AUDITOR, email="ida@staff.example")
    with pytest.raises(NotPermitted):
        mark_told(notice_id=left.pk, how=ByHand.CALLED, on=clock.now().date(), by=reader)


def test_whom_a_stopped_wave_leaves_is_left_to_a_person(told: Told) -> None:
    buyer = told.bought(email="ana@example.org")
    wave = told.sent()
    owner = NextOwner("Nia", "nia@example.org")
    given = answer(notice=told.notice(wave, buyer), kind=AnswerKind.SOLD, next_owner=owner)
    assert to_tell(told) == []
    stop_wave(wave, by=told.cast.author, reason="Made up")
    assert to_tell(told) == [given.led_to.get().pk]
