"""Name and address on file open by a code that goes to the notice's contact, and not before."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from recalldesk.claims.access import issue_pass
from recalldesk.claims.models import Claim, Filing
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.answering.passing_on import name_next_owner
from recalldesk.outreach.links import token_of
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import AnswerKind, Way
from recalldesk.recalls.reads import document_of
from tests.outreach.told import PLACE, Told
from tests.portal.claims.conftest import ORIGIN, words_of
from tests.portal.told.reader import Reader

MASKED = "A… E…, 12 E… S…, Springfield"
WHOLE = ("Ana Example", "ana@example.org", "+12025550111")


def begun(reader: Reader) -> Filing:
    """A claim that was begun by the link, up to who the owner is."""
    reader.presses("claim")
    filing = Filing.objects.latest("pk")
    Claim.objects.filter(filing=filing).update(reading="gone")
    return filing


def seen(reader: Reader, filing: Filing, name: str) -> str:
    """A page of the claim, its markup with it."""
    return reader.client.get(f"/en/claims/{filing.key}/{name}").content.decode()


def sent(reader: Reader, filing: Filing, **fields: str) -> HttpResponse:
    """The page on file, after its form was sent."""
    path = f"/en/claims/{filing.key}/on-file"
    return reader.client.post(path, fields, headers=ORIGIN, follow=True)


def code_sent() -> tuple[str, str]:
    """The last code, and where it went."""
    mailing = Mailing.objects.latest("pk")
    found = re.search(r"\b\d{6}\b", content_of(mailing).text)
    assert found is not None
    return found[0], recipient_of(mailing)


def test_before_the_code_a_masked_line_is_all(reader: Reader) -> None:
    filing = begun(reader)
    for name in ("you", "on-file", "unit", "details"):
        page = seen(reader, filing, name)
        assert not [each for each in (*WHOLE, "12 Example", "62704") if each in page], name
    assert MASKED in words_of(reader.client.get(f"/en/claims/{filing.key}/you"))
    assert not Mailing.objects.exclude(purpose=Purpose.WAVE_TO_DESK).exists(), (
        "looking sends nothing"
    )


def test_after_it_they_are_filled_in_to_be_confirmed(reader: Reader, told: Told) -> None:
    filing = begun(reader)
    sent(reader, filing)
    code, to = code_sent()
    assert to == "ana@example.org"
    page = sent(reader, filing, code=code).content.decode()
    for each in WHOLE:
        assert f'value="{each}"' in page
    filing.refresh_from_db()
    assert not filing.sealed_name, "kept only once the owner sends them"
    assert not filing.sealed_email
    filing.remedy_key = document_of(told.version).remedies[0].key
    filing.save()
    details = seen(reader, filing, "details")
    for each in ("12 Example Street", 'value="Springfield"', 'value="62704"'):
        assert each in details
    given = {"name": "Ana Other", "email": "ana.other@example.org", "phone": ""}
    reader.client.post(f"/en/claims/{filing.key}/you", given, headers=ORIGIN)
    page = seen(reader, filing, "you")
    assert 'value="Ana Other"' in page
    assert "+12025550111" not in page, "what the owner gave is not mixed with what is on file"


def test_the_field_for_the_code_is_there_when_the_page_is_asked_for_anew(reader: Reader) -> None:
    filing = begun(reader)
    assert 'name="code"' not in seen(reader, filing, "on-file")
    sent(reader, filing)
    assert 'name="code"' in seen(reader, filing, "on-file")


def test_another_browser_sees_nothing_of_it(reader: Reader) -> None:
    filing = begun(reader)
    sent(reader, filing)
    sent(reader, filing, code=code_sent()[0])
    other = Reader(Client(), reader.token)
    assert other.client.get(f"/en/claims/{filing.key}/you").status_code == 403
    theirs = begun(other)
    assert theirs != filing
    assert "Ana Example" not in seen(other, theirs, "you")


def test_a_wrong_code_opens_nothing_and_after_a_few_the_right_one_neither(reader: Reader) -> None:
    filing = begun(reader)
    sent(reader, filing)
    code, _ = code_sent()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        response = sent(reader, filing, code=wrong)
        assert response.status_code == 422
        assert "This is not the code" in words_of(response)
    assert sent(reader, filing, code=code).status_code == 422
    assert "Ana Example" not in seen(reader, filing, "you")


def test_nobodys_mailbox_is_filled_by_drafts_that_ask(reader: Reader) -> None:
    for number in range(9):
        filing = begun(Reader(Client(), reader.token) if number else reader)
        with time_machine.travel(clock.now() + timedelta(minutes=2 * number), tick=False):
            mine = reader if not number else _with_pass(filing, reader)
            sent(mine, filing)
    assert Mailing.objects.filter(purpose="fresh_code").count() <= 5


def test_it_is_open_for_a_while_and_then_no_more(reader: Reader) -> None:
    filing = begun(reader)
    sent(reader, filing)
    sent(reader, filing, code=code_sent()[0])
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert "Ana Example" not in seen(reader, filing, "you")


def test_a_shops_alias_gets_the_code_and_is_not_the_owners_address(told: Told) -> None:
    buyer = told.bought(alias="x1@marketplace.example.com", address=PLACE)
    reader = Reader(Client(), token_of(told.notice(told.sent(), buyer)))
    filing = begun(reader)
    sent(reader, filing)
    code, to = code_sent()
    assert to == "x1@marketplace.example.com"
    page = sent(reader, filing, code=code).content.decode()
    assert 'value="Ana Example"' in page
    assert "marketplace" not in page


def test_a_text_brings_the_code_where_texts_are_sent(told: Told, settings: Settings) -> None:
    settings.SMS = "local"
    buyer = told.bought(phone="(202) 555-0111", address=PLACE)
    reader = Reader(Client(), token_of(told.notice(told.sent(Way.SMS), buyer, Way.SMS)))
    filing = begun(reader)
    sent(reader, filing)
    code, to = code_sent()
    assert to == "+12025550111"
    assert "Ana Example" in sent(reader, filing, code=code).content.decode()


@pytest.mark.parametrize("way", [Way.LETTER, Way.PHONE, Way.SMS])
def test_by_any_other_link_nothing_personal_is_filled_in(
    way: Way, told: Told, settings: Settings
) -> None:
    settings.SMS = "none"
    buyer = told.bought(phone="+12025550111", address=PLACE)
    told.started(Way.LETTER, Way.PHONE)
    notice = made(way)
    assert notice.purchaser == buyer
    filing = begun(reader := Reader(Client(), token_of(notice)))
    assert MASKED not in words_of(reader.client.get(f"/en/claims/{filing.key}/you"))
    response = sent(reader, filing)
    assert response.redirect_chain[-1][0].endswith("/you")
    assert not Mailing.objects.exclude(purpose=Purpose.WAVE_TO_DESK).exists()


def test_of_an_address_that_two_share_neither_reads_the_others_name(told: Told) -> None:
    ana = told.bought(email="home@example.org", address=PLACE)
    told.bought("Ben Example", email="home@example.org", address=PLACE)
    reader = Reader(Client(), token_of(told.notice(told.sent(), ana)))
    filing = begun(reader)
    assert "A… E…" not in seen(reader, filing, "you")
    assert sent(reader, filing).redirect_chain[-1][0].endswith("/you")


def test_a_new_owner_reads_nothing_of_the_earlier_one(notice: DirectNotice) -> None:
    given = answer(notice=notice, kind=AnswerKind.SOLD)
    name_next_owner(answer=given, owner=NextOwner("", "nia@example.org"))
    reader = Reader(Client(), token_of(given.led_to.get()))
    filing = begun(reader)
    assert "A… E…" not in seen(reader, filing, "you")
    assert sent(reader, filing).redirect_chain[-1][0].endswith("/you")


def test_a_claim_that_no_link_began_has_nothing_on_file(reader: Reader) -> None:
    filing = begun(reader)
    DirectNotice.objects.get().filings.all().delete()
    assert sent(reader, filing).redirect_chain[-1][0].endswith("/you")


def made(way: Way) -> DirectNotice:
    """The notice of that way; one by text is a call's that changed its way."""
    asked = Way.PHONE if way is Way.SMS else way
    notice = DirectNotice.objects.get(way=asked)
    notice.way = way
    notice.save()
    return notice


def _with_pass(filing: Filing, like: Reader) -> Reader:
    client = Client()
    client.cookies[f"claim-{filing.key}"] = issue_pass(filing=filing)
    return Reader(client, like.token)
