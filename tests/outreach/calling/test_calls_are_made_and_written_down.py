"""Calls: who is called next, by whom, and what came of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.calling.errors import CallRefused, CallSettled
from recalldesk.outreach.calling.outcomes import record_call
from recalldesk.outreach.calling.taking import (
    LASTS,
    leave_call,
    show_number,
    take_next_call,
)
from recalldesk.outreach.models import DirectNotice, Suppressed, Wave
from recalldesk.outreach.states import (
    CallOutcome,
    NoticeState,
    Suppression,
    WaveKind,
    Way,
    Withheld,
)
from recalldesk.outreach.suppressing import suppress
from recalldesk.outreach.waves.actions import pause_wave
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.outreach.told import Told

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 17, tzinfo=UTC)
"""Noon in New York."""


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as now:
        yield now


@pytest.fixture
def wave(told: Told) -> Wave:
    told.bought("Ana Example", phone="+12025550111")
    told.bought("Ben Example", phone="(202) 555-0112")
    return told.started(Way.PHONE)


@pytest.fixture
def callers() -> tuple[Staff, Staff]:
    return tuple(  # type: ignore[return-value]  # two of them
        staff(Role.REVIEWER, email=f"caller-{n}@staff.example") for n in range(2)
    )


def notice(number: int | None) -> DirectNotice:
    return DirectNotice.objects.get(pk=number)


def test_two_callers_never_get_the_same_person(wave: Wave, callers: tuple[Staff, Staff]) -> None:
    first, second = (take_next_call(by=each) for each in callers)
    assert None not in (first, second)
    assert first != second
    assert take_next_call(by=callers[0]) == first, "what was begun comes first"


def test_a_call_that_nobody_finishes_is_anybodys_again(
    wave: Wave, callers: tuple[Staff, Staff], at_noon: time_machine.Traveller
) -> None:
    first = take_next_call(by=callers[0])
    take_next_call(by=callers[1])
    leave_call(notice_id=first or 0, by=callers[1])
    with pytest.raises(CallRefused):
        show_number(notice_id=first or 0, by=callers[1])
    at_noon.shift(LASTS + timedelta(minutes=1))
    assert take_next_call(by=callers[1]) == first
    with pytest.raises(CallRefused):
        record_call(notice_id=first or 0, outcome=CallOutcome.TOLD, by=callers[0])


def test_the_number_is_shown_to_the_caller_and_logged(
    wave: Wave, callers: tuple[Staff, Staff]
) -> None:
    first = take_next_call(by=callers[0])
    assert first is not None
    assert show_number(notice_id=first, by=callers[0]).shown.startswith("+1 202-555-011")
    assert StateChange.objects.filter(
        subject=Subject.NOTICE, subject_id=first, reason=Reason.PERSONAL_SHOWN
    ).exists()
    with pytest.raises(NotPermitted):
        take_next_call(by=staff(Role.VIEWER, email="vi@staff.example"))


def test_of_a_paused_wave_no_number_is_shown_and_what_was_said_is_kept(
    told: Told, wave: Wave, callers: tuple[Staff, Staff]
) -> None:
    first = take_next_call(by=callers[0]) or 0
    pause_wave(wave, by=told.cast.author)
    with pytest.raises(CallRefused, match="stands still"):
        show_number(notice_id=first, by=callers[0])
    assert take_next_call(by=callers[0]) is None
    record_call(notice_id=first, outcome=CallOutcome.TOLD, by=callers[0])
    assert notice(first).state == NoticeState.SENT


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (CallOutcome.TOLD, NoticeState.SENT),
        (CallOutcome.MESSAGE_LEFT, NoticeState.SENT),
        (CallOutcome.NOTHING_MORE, NoticeState.SENT),
        (CallOutcome.WRONG_NUMBER, NoticeState.BOUNCED),
        (CallOutcome.NO_ANSWER, NoticeState.WAITING),
    ],
)
def test_what_came_of_it_moves_the_notice(
    wave: Wave, callers: tuple[Staff, Staff], outcome: CallOutcome, state: NoticeState
) -> None:
    first = take_next_call(by=callers[0]) or 0
    call = record_call(notice_id=first, outcome=outcome, by=callers[0], note="Said hello")
    assert opened(call, "sealed_note") == "Said hello"
    found = notice(first)
    assert (found.state, found.tried_at) == (state, None)
    assert (found.sent_at is None) == (state != NoticeState.SENT)
    if state != NoticeState.WAITING:
        with pytest.raises(CallSettled):
            record_call(notice_id=first, outcome=outcome, by=callers[0])
    silenced = {(each.way, each.reason, each.recall_id) for each in Suppressed.objects.all()}
    assert silenced == {
        CallOutcome.WRONG_NUMBER: {(Way.PHONE, Suppression.BOUNCED, None)},
        CallOutcome.NOTHING_MORE: {
            (way, Suppression.ASKED, wave.recall_id) for way in (Way.PHONE, Way.SMS)
        },
    }.get(outcome, set())


def test_nobody_is_given_up_before_three_days(
    wave: Wave, callers: tuple[Staff, Staff], at_noon: time_machine.Traveller
) -> None:
    first = take_next_call(by=callers[0]) or 0
    for _ in range(2):
        record_call(notice_id=first, outcome=CallOutcome.NO_ANSWER, by=callers[0])
    again = notice(first).not_before
    assert again is not None
    assert again == datetime(2026, 12, 2, 22, 30, tzinfo=UTC), "the next day, in the evening"
    for day in (2, 3):
        assert notice(first).state == NoticeState.WAITING
        at_noon.move_to(datetime(2026, 12, day, 22, 30, tzinfo=UTC))
        record_call(notice_id=first, outcome=CallOutcome.NO_ANSWER, by=callers[0])
    assert notice(first).state == NoticeState.GIVEN_UP


def test_who_wants_to_be_called_later_is_called_first_then(
    wave: Wave, callers: tuple[Staff, Staff], at_noon: time_machine.Traveller
) -> None:
    first = take_next_call(by=callers[0]) or 0
    with pytest.raises(CallRefused, match="When"):
        record_call(notice_id=first, outcome=CallOutcome.LATER, by=callers[0])
    later = clock.now() + timedelta(hours=2)
    record_call(notice_id=first, outcome=CallOutcome.LATER, by=callers[0], again_at=later)
    assert take_next_call(by=callers[0]) not in (first, None)
    at_noon.move_to(later)
    assert take_next_call(by=callers[1]) == first


def test_nobody_is_taken_at_night_nor_of_a_wave_that_stands_still(
    told: Told, wave: Wave, callers: tuple[Staff, Staff], at_noon: time_machine.Traveller
) -> None:
    at_noon.move_to(datetime(2026, 12, 1, 4, tzinfo=UTC))
    assert take_next_call(by=callers[0]) is None
    opens = datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert {each.not_before for each in wave.notices.all()} == {opens}
    at_noon.move_to(opens)
    pause_wave(wave, by=told.cast.author)
    assert take_next_call(by=callers[0]) is None


def test_who_is_not_to_be_called_is_withheld_with_the_reason(
    told: Told, callers: tuple[Staff, Staff]
) -> None:
    ana = told.bought("Ana Example", phone="+12025550111")
    told.bought("Cyd Example", phone="55501134567890123")
    wave = told.started(Way.PHONE)
    digest = bytes(told.notice(wave, ana, Way.PHONE).contact_digest)
    suppress(contact_digest=digest, way=Way.PHONE, reason=Suppression.ASKED)
    assert take_next_call(by=callers[0]) is None
    assert sorted(wave.notices.values_list("withheld", flat=True)) == [
        Withheld.NO_SUCH_WAY,
        Withheld.SUPPRESSED,
    ]


def test_a_reminder_is_no_call_to_who_claimed(told: Told, callers: tuple[Staff, Staff]) -> None:
    ana = told.bought("Ana Example", phone="+12025550111")
    told.sent(Way.PHONE)
    reminder = told.started(Way.PHONE, kind=WaveKind.REMINDER, silent_days=0)
    told.claim(ana)
    assert take_next_call(by=callers[0]) is None
    assert reminder.notices.get().withheld == Withheld.ANSWERED
