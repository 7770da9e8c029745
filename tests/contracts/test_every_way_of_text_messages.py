"""What each way of sending text messages owes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, SendError
from recalldesk.mailing.text_url import TextUrlUnreadable, gateway_in
from recalldesk.mailing.texts import are_texts_sent, text_sender
from tests.mailing.post import NUMBER, SECRET_LINK, a_text
from tests.text_server import NUMBER as OURS
from tests.text_server import Gateway, text_server
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db


@dataclass
class Way:
    """What it says of itself, and what arrived by it."""

    sends: bool
    arrived: Callable[[], list[dict[str, str]]]
    knows_repeats: bool = True


@pytest.fixture(params=["local", "none", "gateway"])
def way(request: Any, settings: Any, tmp_path: Path) -> Iterator[Way]:
    folder = tmp_path / "sms"
    settings.SMS, settings.SMS_FOLDER = request.param, folder
    if request.param != "gateway":
        yield Way(
            sends=request.param != "none",
            arrived=lambda: [json.loads(path.read_text()) for path in folder.glob("*.json")],
        )
        return
    with text_server() as (url, gateway):
        settings.SMS = url
        yield Way(
            sends=True,
            arrived=lambda: [
                {"to": each["To"], "text": each["Body"], "language": "en"} for each in gateway.taken
            ],
            knows_repeats=False,
        )


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with text_server() as (url, made):
        settings.SMS = url
        yield made


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
    mailing: Mailing = a_text()
    for _ in range(2):
        try:
            text_sender().send(
                random_id=mailing.random_id, to=NUMBER, content=Content(text="twice")
            )
        except Refused:
            assert not way.sends
    assert len({each["text"] for each in way.arrived()}) == (1 if way.sends else 0)
    if way.knows_repeats:
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


Q, R = MailingState.QUEUED, MailingState.REFUSED
GATEWAY_SAYS = [
    ({"status": 400, "error_code": 21211}, R, SendError.ADDRESS_INVALID),
    ({"status": 400, "error_code": 21614}, R, SendError.ADDRESS_INVALID),
    ({"status": 400, "error_code": 21610}, R, SendError.RECIPIENT_REFUSED),
    ({"status": 400, "error_code": 21617}, R, SendError.CONTENT_REFUSED),
    ({"status": 400, "error_code": 21606}, Q, SendError.SIGN_IN_REFUSED),
    ({"status": 401, "error_code": 20003}, Q, SendError.SIGN_IN_REFUSED),
    ({"status": 429, "retry_after": "30"}, Q, SendError.TRY_LATER),
    ({"status": 503}, Q, SendError.TRY_LATER),
    ({"status": 302}, Q, SendError.TRY_LATER),
    ({"hangs_up": "before"}, Q, SendError.SERVER_AWAY),
    ({"hangs_up": "after"}, Q, SendError.SERVER_AWAY),
]


@pytest.mark.parametrize(("says", "state", "error"), GATEWAY_SAYS, ids=str)
def test_what_a_gateway_says_is_final_or_not(
    gateway: Gateway, says: dict[str, Any], state: MailingState, error: SendError
) -> None:
    for name, value in says.items():
        setattr(gateway, name, value)
    mailing = a_text()
    run_jobs(tasks=["mailing.send"])
    mailing.refresh_from_db()
    assert (mailing.state, mailing.last_error) == (state, error)
    assert gateway.asked == 1


def failure(gateway: Gateway, **says: Any) -> Refused | NotSentYet:
    for name, value in says.items():
        setattr(gateway, name, value)
    with pytest.raises((Refused, NotSentYet)) as raised:
        text_sender().send(random_id=uuid4(), to=NUMBER, content=Content(text="made up"))
    assert NUMBER not in str(raised.value)
    assert isinstance(raised.value, Refused | NotSentYet)
    return raised.value


def test_a_gateway_that_hangs_up_may_have_taken_it_or_not(gateway: Gateway) -> None:
    for when in ("before", "after"):
        found = failure(gateway, hangs_up=when)
        assert isinstance(found, NotSentYet)
        assert found.may_have_left


def test_a_gateway_that_is_not_there_has_taken_nothing(settings: Any) -> None:
    with text_server() as (url, gone):
        settings.SMS = url
    found = failure(gone)
    assert isinstance(found, NotSentYet)
    assert (found.error, found.may_have_left) == (SendError.SERVER_AWAY, False)


def test_a_gateway_says_how_long_it_is_to_be_left_alone(gateway: Gateway) -> None:
    found = failure(gateway, status=429, retry_after="30")
    assert isinstance(found, NotSentYet)
    assert (found.wait, found.may_have_left) == (timedelta(seconds=30), False)


def test_it_says_whether_nobody_has_the_number_or_its_owner_wants_none(gateway: Gateway) -> None:
    none, stopped = (failure(gateway, status=400, error_code=code) for code in (21211, 21610))
    assert isinstance(none, Refused)
    assert isinstance(stopped, Refused)
    assert (none.reaches_nobody, none.is_stopped) == (True, False)
    assert (stopped.reaches_nobody, stopped.is_stopped) == (False, True)


def test_a_gateway_is_told_the_sender_and_where_news_go(gateway: Gateway, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"public_address": "https://recall.example.com"}
    )
    name = uuid4()
    sent = text_sender().send(random_id=name, to=NUMBER, content=Content(text="made up"))
    (taken,) = gateway.taken
    assert (sent, taken["From"]) == ("SMmadeup1", OURS)
    assert taken["StatusCallback"] == (
        f"https://recall.example.com/webhooks/sms/?message={name.hex}"
    )


@pytest.mark.parametrize(
    "url",
    [
        "pigeon",
        "twilio://api.twilio.com?from=+12025550100",
        "twilio://AC:token@?from=+12025550100",
        "twilio://AC:token@api.twilio.com",
        "twilio://AC:token@api.twilio.com?from=",
        "twilio://AC:token@api.twilio.com?from=+1202555010x&to=me",
        "twilio://AC:token@api.twilio.com:0x/?from=+12025550100",
        "twilio://AC:token@api.twilio.com/path?from=+12025550100",
        "https://AC:token@api.twilio.com?from=+12025550100",
    ],
)
def test_a_setting_that_names_no_way_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(TextUrlUnreadable) as raised:
        gateway_in(url)
    assert "token" not in f"{raised.value.message}{raised.value.hint}".replace("TOKEN", "").replace(
        "the account and its token", ""
    )


def test_a_setting_names_a_gateway() -> None:
    found = gateway_in("twilio://AC1:a%2Fb@api.twilio.com?from=+12025550100")
    assert found is not None
    assert (found.address, found.account, found.token) == ("https://api.twilio.com", "AC1", "a/b")
    assert (found.sender, found.is_group, found.is_plain) == ("+12025550100", False, False)
    assert "a/b" not in repr(found)
    group = gateway_in(f"twilio://AC1:x@api.twilio.com?from=MG{'0' * 32}")
    assert group is not None
    assert group.is_group
