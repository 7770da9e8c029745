"""A wave that a second person approved leaves: by the worker's own jobs, in its own words."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.jobs import keep_sending
from recalldesk.outreach.links import notice_by, token_of
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.sending import rounds
from recalldesk.outreach.states import (
    AnswerKind,
    NoticeState,
    Suppression,
    WaveKind,
    WaveState,
    Way,
    Withheld,
)
from recalldesk.outreach.suppressing import suppress
from tests.mailing.ways import use
from tests.outreach.told import Told
from tests.smtp_server import smtp_server
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db
DAY = datetime.fromisoformat("2031-05-06T18:00:00+00:00")
"""By day in all of North America."""


def work() -> None:
    keep_sending(0)
    run_jobs(tasks=["outreach.send_waves"])
    keep_sending(0)


def states(*notices: DirectNotice) -> list[str]:
    for each in notices:
        each.refresh_from_db()
    return [each.state for each in notices]


def test_mails_and_texts_leave_with_their_links_and_the_wave_is_done(
    told: Told, settings: Any, tmp_path: Path
) -> None:
    buyer = told.bought(email="ana@home.example", phone="(202) 555-0143")
    settings.SMS, settings.SMS_FOLDER = "local", tmp_path / "sms"
    with smtp_server() as (url, server), time_machine.travel(DAY, tick=True):
        use(settings, url, tmp_path)
        wave = told.started(Way.EMAIL, Way.SMS)
        work()
    wave.refresh_from_db()
    mail, text = (told.notice(wave, buyer, way) for way in (Way.EMAIL, Way.SMS))
    assert (states(mail, text), wave.state) == ([NoticeState.SENT] * 2, WaveState.DONE)
    (sent,) = server.taken
    assert "Safety recall" in sent["Subject"]
    token = token_of(mail)
    assert notice_by(token) == mail
    body = sent.get_body(("plain",))
    assert body is not None
    assert token in body.get_content()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert token in sent["List-Unsubscribe"]
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "<img" not in sent.as_string()
    (path,) = (tmp_path / "sms").iterdir()
    assert "+12025550143" in path.read_text()
    assert token_of(text) in path.read_text()
    assert "STOP" in path.read_text()


def test_a_text_waits_for_the_morning(told: Told, settings: Any, tmp_path: Path) -> None:
    buyer = told.bought(phone="(202) 555-0143")
    settings.SMS, settings.SMS_FOLDER = "local", tmp_path / "sms"
    with time_machine.travel(DAY + timedelta(hours=12)):
        wave = told.started(Way.SMS)
        work()
        text = told.notice(wave, buyer, Way.SMS)
        assert states(text) == [NoticeState.WAITING]
        assert (text.attempts, text.not_before) == (0, DAY + timedelta(hours=18))
        assert text.first_tried_at is None, "nobody was asked to take it"
    with time_machine.travel(DAY + timedelta(hours=18, minutes=1)):
        work()
    assert states(text) == [NoticeState.SENT]


def test_who_answered_is_not_reminded_and_who_wants_none_is_not_written_to(
    told: Told, settings: Any, tmp_path: Path
) -> None:
    ana, bela, cira = (
        told.bought(email=f"{each}@home.example") for each in ("ana", "bela", "cira")
    )
    first = told.sent(Way.EMAIL)
    first.notices.update(sent_at=clock.now() - timedelta(days=30))
    reminder = told.started(Way.EMAIL, kind=WaveKind.REMINDER, silent_days=7)
    answer(notice=told.notice(first, ana), kind=AnswerKind.THREW_AWAY, units=1)
    bela_first = told.notice(first, bela)
    suppress(
        contact_digest=bytes(bela_first.contact_digest),
        way=Way.EMAIL,
        reason=Suppression.ASKED,
        recall=told.recall,
    )
    with smtp_server() as (url, server):
        use(settings, url, tmp_path)
        work()
    notices = [told.notice(reminder, each) for each in (ana, bela, cira)]
    assert states(*notices) == [NoticeState.WITHHELD, NoticeState.WITHHELD, NoticeState.SENT]
    assert [each.withheld for each in notices] == [Withheld.ANSWERED, Withheld.SUPPRESSED, ""]
    assert len(server.taken) == 1


def test_a_worker_that_is_to_end_begins_no_notice(
    told: Told, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.bought(email="ana@home.example")
    wave = told.started(Way.EMAIL)
    monkeypatch.setattr(rounds, "is_ending", lambda: True)
    assert rounds.send_for_a_while() == 0
    assert wave.notices.get().attempts == 0
