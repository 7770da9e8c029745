"""What each way of sending text messages owes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, SendError
from recalldesk.mailing.texts import are_texts_sent
from tests.mailing.post import NUMBER, SECRET_LINK, a_text
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db


@dataclass
class Way:
    """What it says of itself, and what arrived by it."""

    sends: bool
    arrived: Callable[[], list[dict[str, str]]]


@pytest.fixture(params=["local", "none"])
def way(request: Any, settings: Any, tmp_path: Path) -> Way:
    folder = tmp_path / "sms"
    settings.SMS, settings.SMS_FOLDER = request.param, folder
    return Way(
        sends=request.param != "none",
        arrived=lambda: [json.loads(path.read_text()) for path in folder.glob("*.json")],
    )


def test_it_says_whether_it_sends_any(way: Way) -> None:
    assert are_texts_sent() is way.sends


def test_a_message_arrives_whole_or_a_person_is_told_that_it_does_not(way: Way) -> None:
    mailing = a_text(filing_id=7)
    run_jobs(tasks=["mailing.send"])
    mailing.refresh_from_db()
    assert bytes(mailing.sealed_content) == b""
    told = [job.args for job in waiting("claims.mail_failed")]
    if way.sends:
        (sent,) = way.arrived()
        assert (sent["to"], sent["language"]) == (NUMBER, "en")
        assert SECRET_LINK in sent["text"]
        assert (mailing.state, told) == (MailingState.SENT, [])
    else:
        assert way.arrived() == []
        assert (mailing.state, mailing.last_error) == (
            MailingState.REFUSED,
            SendError.NO_TEXT_MESSAGES,
        )
        assert told == [{"mailing_id": mailing.pk}]


def test_the_same_message_given_twice_is_one_message(way: Way) -> None:
    from recalldesk.mailing.content import Content
    from recalldesk.mailing.errors import Refused
    from recalldesk.mailing.texts import text_sender

    mailing: Mailing = a_text()
    for _ in range(2):
        try:
            text_sender().send(
                random_id=mailing.random_id, to=NUMBER, content=Content(text="twice")
            )
        except Refused:
            assert not way.sends
    assert len(way.arrived()) == (1 if way.sends else 0)


def test_what_goes_to_a_folder_is_for_its_user_alone(settings: Any, tmp_path: Path) -> None:
    settings.SMS, settings.SMS_FOLDER = "local", tmp_path / "sms"
    a_text()
    run_jobs()
    (path,) = (tmp_path / "sms").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_waited_for(settings: Any, tmp_path: Path) -> None:
    settings.SMS, settings.SMS_FOLDER = "local", tmp_path / "sms"
    settings.SMS_FOLDER.touch()
    mailing = a_text()
    run_jobs()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.QUEUED
    settings.SMS_FOLDER.unlink()
    run_jobs(also_later=True)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENT
