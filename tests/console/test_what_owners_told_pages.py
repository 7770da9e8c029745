"""The forms for what an owner told by phone or post about a claim that was sent."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.models import Claim, Contact
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState
from tests.at_the_desk import sign_in, staff
from tests.cast import Desk
from tests.claims.desk.people import declined, now
from tests.claims.desk.test_by_phone_or_post import CALLED, enters
from tests.claims.owner import ACCOUNT, MONEY, OLGA, again, claim_of, text_with_all_remedies

pytestmark = pytest.mark.django_db
STREET = {
    "street_address": "78 Madeup Lane",
    "city": "Springfield",
    "country_area": "Illinois",
    "postal_code": "62704",
}


@pytest.fixture(autouse=True)
def desk(kettles: Desk, settings: Settings) -> Desk:
    settings.SMS = "none"
    kettles.published(text_with_all_remedies())
    return kettles


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


@pytest.fixture
def sam() -> Client:
    return sign_in(Client(), staff(Role.SENIOR_REVIEWER, name="Sam Senior"))


def address(claim: Claim, below: str = "") -> str:
    return f"/desk/claims/{claim.filing.reference}/{claim.position}/{below}"


def html(response: Any) -> str:
    return unescape(response.content.decode())


def turned_down() -> Claim:
    claim = claim_of(enters())
    decision = declined(claim)
    with time_machine.travel(decision.takes_effect_at + timedelta(seconds=1), tick=False):
        tell_decision(decision_id=decision.pk)
    return now(claim)


def test_who_does_not_agree_is_brought_before_another_person(rosa: Client) -> None:
    claim = turned_down()
    page = html(rosa.get(address(claim)))
    assert "The owner does not agree…" in page
    (nonce,) = re.findall(r'name="nonce" value="(appeal-[^"]+)"', page)
    form = {"do": "appeal", "nonce": nonce, "channel": "letter", "note": "It is here, she wrote."}
    refused = rosa.post(address(claim, "appeal/"), form | {"note": ""})
    assert refused.status_code == 422
    for _ in range(2):
        assert rosa.post(address(claim, "appeal/"), form).status_code == 303
    assert now(claim).is_appealed
    assert Contact.objects.filter(filing=claim.filing, channel="letter").count() == 1
    assert "The owner does not agree…" not in html(rosa.get(address(claim)))


def test_where_a_remedy_goes_is_asked_for_and_what_is_wrong_stands_beside_it(
    rosa: Client, sam: Client
) -> None:
    claim = claim_of(enters())
    where = address(claim, "details/")
    assert where not in html(rosa.get(address(claim)))
    assert rosa.get(where).status_code == 403
    assert where in html(sam.get(address(claim)))
    page = html(sam.get(where))
    assert CALLED.address is not None
    assert CALLED.address["street_address"] not in page
    (nonce,) = re.findall(r'name="nonce" value="([^"]+)"', page)
    form = STREET | {"nonce": nonce, "channel": "phone", "note": "Named the old street."}
    wrong = sam.post(where, form | {"postal_code": "9"})
    assert wrong.status_code == 422
    assert "This does not fit the place" in html(wrong)
    assert 'value="78 Madeup Lane"' in html(wrong)
    assert sam.post(where, form | {"note": ""}).status_code == 422
    assert sam.post(where, form).status_code == 303
    assert seen_filing(again(claim.filing)).address["street_address"] == "78 Madeup Lane"


def test_whom_a_code_reaches_is_not_changed_at_the_desk(sam: Client) -> None:
    claim = claim_of(OLGA.files())
    assert address(claim, "details/") not in html(sam.get(address(claim)))
    assert "A code reaches this owner" in html(sam.get(address(claim, "details/")))
    assert sam.post(address(claim, "details/"), STREET).status_code == 422
    assert now(claim).state != ClaimState.DECLINED


def test_whom_somebody_has_to_call_stands_under_the_letters_until_they_were_told(
    rosa: Client,
) -> None:
    money = replace(
        CALLED, remedy_key=MONEY, address=None, payee_kind="us_account", payee=dict(ACCOUNT)
    )
    filing = enters(money)
    contact = filing.contacts.get()
    assert "waits for" in html(rosa.get(f"/desk/contacts/{contact.pk}/"))
    page = html(rosa.get("/desk/letters/"))
    assert "To be called" in page
    (name,) = re.findall(r'name="letter" value="([^"]+)"', page)
    told = rosa.post("/desk/letters/posted/", {"do": "called", "letter": [name]}, follow=True)
    assert "1 owner marked as told." in html(told)
    assert "To be called" not in html(rosa.get("/desk/letters/"))
