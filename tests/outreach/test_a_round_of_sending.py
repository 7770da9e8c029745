"""A worker's round: what leaves, what waits, what is never tried again, and at what pace."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.mailing.mail_line import MailLine
from recalldesk.mailing.states import SendError
from recalldesk.outreach.models import DirectNotice, Pace, Wave
from recalldesk.outreach.sending import claiming
from recalldesk.outreach.sending.finishing import (
    end_waves_that_are_done,
    hold_waves_of_closed_recalls,
)
from recalldesk.outreach.sending.sender import Prepare, Sender, step
from recalldesk.outreach.states import NoticeState, WaveState
from recalldesk.outreach.suppressing import is_suppressed
from recalldesk.recalls.models import Recall
from tests.mailing.ways import use
from tests.outreach.waves_made import a_notice, a_wave, in_made_up_words
from tests.smtp_server import HANG_UP, Mood, smtp_server

pytestmark = pytest.mark.django_db
W, S, R, G = (
    NoticeState.WAITING,
    NoticeState.SENT,
    NoticeState.REFUSED,
    NoticeState.GIVEN_UP,
)


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[Mood]:
    with smtp_server() as (url, mood):
        use(settings, url, tmp_path)
        yield mood


@pytest.fixture
def wave() -> Wave:
    return a_wave(Recall.objects.create(slug="kettle-k20"))


def one_round(prepare: Prepare = in_made_up_words) -> int:
    """Until nothing is due, or the pace is used up."""
    naps: list[float] = []
    with MailLine() as line, pytest.MonkeyPatch.context() as patch:
        patch.setattr("recalldesk.outreach.sending.sender.time.sleep", naps.append)
        sender = Sender(line=line, prepare=prepare, remember=lambda _ids: None)
        sender.run(lambda: bool(naps))
    return sender.sent


def again(notice: DirectNotice) -> DirectNotice:
    notice.refresh_from_db()
    return notice


def test_all_that_waits_is_sent_once_by_one_connection(wave: Wave, server: Mood) -> None:
    notices = [a_notice(wave, f"owner{n}@home.example") for n in range(25)]
    assert one_round() == 25
    assert one_round() == 0
    names = {str(mail["Message-ID"]) for mail in server.taken}
    assert names == {f"<{each.random_id.hex}@kettles.example>" for each in notices}
    assert len(server.taken) == 25
    assert server.greeted == 1
    sent = again(notices[0])
    assert (sent.state, sent.attempts, sent.repeats) == (S, 1, 0)
    assert sent.sent_at is not None


def test_each_move_is_in_the_log(wave: Wave, server: Mood) -> None:
    notice = a_notice(wave, "olga@home.example")
    one_round()
    (row,) = StateChange.objects.filter(subject=Subject.NOTICE)
    assert (row.subject_id, row.from_state, row.to_state) == (notice.pk, W, S)


def test_what_may_have_left_is_sent_once_more_after_the_lease_and_counted(
    wave: Wave, server: Mood
) -> None:
    notice = a_notice(wave, "olga@home.example")
    server.end_of_mail, server.keeps_before_hanging_up = HANG_UP, True
    one_round()
    assert (again(notice).state, notice.repeats) == (W, 0)
    server.end_of_mail = "250 taken"
    with time_machine.travel(clock.now() + claiming.LEASE / 2, tick=False):
        assert one_round() == 0
    with time_machine.travel(clock.now() + claiming.LEASE * 2):
        assert one_round() == 1
    assert (again(notice).state, notice.attempts, notice.repeats) == (S, 2, 1)
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_away_costs_one_try_a_round_and_no_repeat(
    wave: Wave, server: Mood
) -> None:
    notices = [a_notice(wave, f"owner{n}@home.example") for n in range(5)]
    server.greeting = HANG_UP
    assert one_round() == 0
    assert sum(again(each).attempts for each in notices) == 1
    server.greeting = "220 back"
    assert one_round() == 4
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert one_round() == 1
    assert sum(again(each).repeats for each in notices) == 0


def test_what_is_refused_for_good_is_known_at_once_and_holds_up_nobody(
    wave: Wave, server: Mood
) -> None:
    notice = a_notice(wave, "olga@home.example")
    server.recipient = "550 5.7.1 we take nothing from you"
    one_round()
    assert (again(notice).state, notice.last_error) == (R, SendError.RECIPIENT_REFUSED)
    assert not silenced(notice)


def test_an_address_that_does_not_exist_is_not_written_to_again(wave: Wave, server: Mood) -> None:
    notice = a_notice(wave, "olga@home.example")
    server.recipient = "550 5.1.1 no such user"
    one_round()
    assert again(notice).state == R
    assert silenced(notice)


def silenced(notice: DirectNotice) -> bool:
    return is_suppressed(
        contact_digest=bytes(notice.contact_digest), way=notice.way, recall_id=notice.recall_id
    )


def test_what_is_asked_to_come_later_waits_longer_each_time_and_is_given_up_after_three_days(
    wave: Wave, server: Mood
) -> None:
    notice = a_notice(wave, "olga@home.example")
    server.recipient = "451 greylisted"
    one_round()
    first = again(notice).not_before
    assert first is not None
    with time_machine.travel(first + timedelta(seconds=1)) as time:
        one_round()
        second = again(notice).not_before
        assert second is not None
        assert second - clock.now() > timedelta(seconds=100)
        assert (notice.state, notice.attempts, notice.repeats) == (W, 2, 0)
        time.shift(timedelta(days=3))
        one_round()
    assert (again(notice).state, notice.last_error) == (G, SendError.TRY_LATER)


def test_a_pause_takes_hold_before_the_next_notice(wave: Wave, server: Mood) -> None:
    for n in range(10):
        a_notice(wave, f"owner{n}@home.example")
    done = []

    def paused_after_three(notice: DirectNotice) -> Any:
        done.append(notice.pk)
        if len(done) == 3:
            Wave.objects.update(state=WaveState.PAUSED)
        return in_made_up_words(notice)

    assert one_round(paused_after_three) == 3
    assert one_round() == 0
    assert DirectNotice.objects.filter(state=W).count() == 7


def test_no_more_leave_in_a_minute_than_the_wave_says(wave: Wave, server: Mood) -> None:
    Wave.objects.update(per_minute=30)
    for n in range(40):
        a_notice(wave, f"owner{n}@home.example")
    with time_machine.travel("2031-05-06 09:00:01Z") as time:
        assert one_round() == 5
        assert one_round() == 0
        time.move_to("2031-05-06 09:00:11Z")
        assert one_round() == 5


def test_a_mail_domain_gets_its_share_and_the_others_do_not_wait(wave: Wave, server: Mood) -> None:
    Wave.objects.update(per_domain=12)
    for n in range(20):
        a_notice(wave, f"owner{n}@home.example")
        a_notice(wave, f"owner{n}@work.example")
    a_notice(wave, "olga@third.example")
    with time_machine.travel("2031-05-06 09:00:01Z"):
        assert one_round() == 5
    domains = sorted(each.partition("@")[2] for each in server.recipients)
    assert domains == ["home.example"] * 2 + ["third.example"] + ["work.example"] * 2


def test_places_that_were_not_used_are_given_back(wave: Wave, server: Mood) -> None:
    Wave.objects.update(per_minute=6_000)
    for n in range(30):
        a_notice(wave, f"owner{n}@home.example")
    server.greeting = HANG_UP
    one_round()
    assert {row.used for row in Pace.objects.all()} == {1}


def test_a_notice_without_words_keeps_no_other_waiting(wave: Wave, server: Mood) -> None:
    bad, good = a_notice(wave, "bad@home.example"), a_notice(wave, "olga@home.example")

    def broken(notice: DirectNotice) -> Any:
        if notice.pk == bad.pk:
            raise LookupError("olga@home.example")
        return in_made_up_words(notice)

    assert one_round(broken) == 1
    assert again(good).state == S
    assert (again(bad).state, bad.attempts, bad.last_error) == (W, 0, SendError.UNEXPECTED)


def test_a_notice_in_hand_is_in_nobody_elses(wave: Wave, server: Mood) -> None:
    notice = a_notice(wave, "olga@home.example")
    assert step(None, [notice.pk], in_made_up_words) is not None
    assert step(None, [notice.pk], in_made_up_words) is None


def test_a_wave_of_which_nothing_waits_is_done(wave: Wave, server: Mood) -> None:
    a_notice(wave, "olga@home.example")
    assert end_waves_that_are_done() == 0
    one_round()
    assert end_waves_that_are_done() == 1
    wave.refresh_from_db()
    assert (wave.state, wave.ended_at is not None) == (WaveState.DONE, True)


def test_nobody_is_told_any_more_of_a_recall_that_was_closed(server: Mood, wave: Wave) -> None:
    notice = a_notice(wave, "ana@example.org")
    assert hold_waves_of_closed_recalls() == 0
    Recall.objects.filter(pk=wave.recall_id).update(closed_at=clock.now())
    assert hold_waves_of_closed_recalls() == 1
    wave.refresh_from_db()
    assert (wave.state, one_round()) == (WaveState.PAUSED, 0)
    assert again(notice).state == W
