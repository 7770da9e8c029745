"""What somebody answers to a text message: STOP, HELP, START, and whatever else; by the gateway's
signed word alone."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from django.test import Client

from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState, Way
from recalldesk.outreach.suppressing import is_suppressed
from recalldesk.outreach.texting import Wish, text_received, wish_in
from recalldesk.recalls.models import RecallVersion
from tests.cast import Desk
from tests.outreach.waves_made import a_notice, a_wave
from tests.text_server import ACCOUNT, TOKEN

NUMBER, AS_WRITTEN = "+12025550143", "(202) 555-0143"
ADDRESS = "/webhooks/sms/"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("STOP", Wish.STOP),
        (" stop. ", Wish.STOP),
        ("Stop all", Wish.STOP),
        ("Stop texting me", Wish.STOP),
        ("UNSUBSCRIBE", Wish.STOP),
        ("quit", Wish.STOP),
        ("Alto", Wish.STOP),
        ("opt out", Wish.STOP),
        ("cancel my order please", Wish.OTHER),
        ("How do I stop using it? It is on fire and I cannot", Wish.OTHER),
        ("help", Wish.HELP),
        ("AYUDA!", Wish.HELP),
        ("START", Wish.START),
        ("empezar", Wish.START),
        ("🔥", Wish.OTHER),
        ("", Wish.OTHER),
    ],
)
def test_what_it_asks_for(text: str, wish: Wish) -> None:
    assert wish_in(text) is wish


@pytest.fixture
def notice(kettles: Desk, published_recall: RecallVersion) -> DirectNotice:
    """A text message that was sent."""
    wave = a_wave(kettles.recall(), version=published_recall)
    sent = {"state": NoticeState.SENT, "attempts": 1, "sent_at": clock.now()}
    return a_notice(wave, AS_WRITTEN, **sent)


def is_stopped(notice: DirectNotice, way: Way = Way.SMS) -> bool:
    return is_suppressed(
        contact_digest=bytes(notice.contact_digest), way=way, recall_id=notice.recall_id
    )


def test_stop_holds_until_start_and_for_texts_alone(notice: DirectNotice) -> None:
    assert "START" in text_received(sender=NUMBER, text="STOP")
    assert is_stopped(notice)
    assert not is_stopped(notice, Way.PHONE)
    assert "STOP" in text_received(sender=NUMBER, text="Start")
    assert not is_stopped(notice)


def test_help_names_the_brand_and_its_number(notice: DirectNotice) -> None:
    said = text_received(sender=NUMBER, text="HELP")
    assert "Tidewater" in said
    assert "STOP" in said


def test_it_is_answered_in_the_language_of_the_notice(notice: DirectNotice) -> None:
    DirectNotice.objects.update(language="es")
    assert text_received(sender=NUMBER, text="HELP") != ""


def test_whatever_else_goes_to_a_person_and_is_not_answered_without_end(
    notice: DirectNotice,
) -> None:
    answers = [text_received(sender=NUMBER, text="It smokes!") for _ in range(6)]
    assert [bool(each) for each in answers] == [True, True, True, False, False, False]
    assert Mailing.objects.filter(purpose=Purpose.TEXT_TO_DESK).count() == 6


def test_stop_with_other_words_holds_and_is_read_by_a_person(notice: DirectNotice) -> None:
    answer = text_received(sender=NUMBER, text="Stop! It burns!")
    assert "START" in answer
    assert "call the emergency number" in answer, "a person reads it later"
    assert is_stopped(notice)
    assert Mailing.objects.filter(purpose=Purpose.TEXT_TO_DESK).count() == 1
    assert "emergency" not in text_received(sender=NUMBER, text="Stop all")
    assert Mailing.objects.filter(purpose=Purpose.TEXT_TO_DESK).count() == 1


def test_who_was_never_texted_may_stop_all_the_same(notice: DirectNotice) -> None:
    assert text_received(sender="+12025550199", text="STOP")
    assert text_received(sender="+12025550199", text="Hello") == ""
    assert not Mailing.objects.exists()


@pytest.fixture
def gateway(settings: Any) -> None:
    settings.SMS = f"twilio://{ACCOUNT}:{TOKEN}@api.twilio.com?from=+12025550100"


def tell(form: dict[str, str], *, token: str = TOKEN, query: str = "") -> Any:
    address = f"http://testserver{ADDRESS}{query}"
    said = address + "".join(name + form[name] for name in sorted(form))
    sign = base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest())
    answer = Client().post(ADDRESS + query, form, headers={"X-Twilio-Signature": sign.decode()})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def test_the_gateway_brings_an_answer_and_is_told_what_to_say(
    notice: DirectNotice, gateway: None
) -> None:
    answer = tell({"From": NUMBER, "Body": "STOP", "MessageSid": "SM1"})
    assert answer.status_code == 200
    assert b"<Message>Tidewater" in answer.content
    assert is_stopped(notice)
    silent = tell({"From": NUMBER, "Body": "STOP", "OptOutType": "STOP"})
    assert b"<Message>" not in silent.content


def test_the_gateway_tells_what_became_of_it(notice: DirectNotice, gateway: None) -> None:
    query = f"?message={notice.random_id.hex}"
    assert tell({"MessageSid": "SM1", "MessageStatus": "sent"}, query=query).status_code == 200
    tell({"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"}, query=query)
    notice.refresh_from_db()
    assert notice.state == NoticeState.BOUNCED
    assert is_stopped(notice)


def test_who_does_not_know_the_token_changes_nothing(notice: DirectNotice, gateway: None) -> None:
    assert tell({"From": NUMBER, "Body": "STOP"}, token="another").status_code == 403
    assert Client().post(ADDRESS, {"From": NUMBER, "Body": "STOP"}).status_code == 403
    assert Client().get(ADDRESS).status_code == 405
    assert not is_stopped(notice)


@pytest.mark.usefixtures("db", "index_folder")
def test_without_a_gateway_there_is_no_such_address(settings: Any) -> None:
    for named in ("none", "local"):
        settings.SMS = named
        assert Client().post(ADDRESS, {"From": NUMBER, "Body": "STOP"}).status_code == 404
