"""Address and payee change until the remedy is ordered, after a code that was mailed just now."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from time_machine import travel

from recalldesk.claims.access import CODE_LASTS, CODE_TRIES
from recalldesk.claims.models import FreshCode
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState, FreshFor
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.portal.claims.conftest import AGREED, NAMED, Claimant, words_of
from tests.portal.claims.filed import ADDRESS, Follower, filed, made_fresh, mailed_code, moved

pytestmark = pytest.mark.usefixtures("owner")
ELSEWHERE = {**ADDRESS, "street_address": "22 Other Street"}


@pytest.fixture
def follower(published: Path) -> Follower:
    return Follower(filed(published))


def test_a_code_is_asked_for_first_and_mailed_by_its_button_only(follower: Follower) -> None:
    answer = follower.sees("mend")
    assert answer["Location"] == follower.path("code/address")
    page = follower.reads("code/address")
    assert "m•••@example.org" in page
    assert ADDRESS["street_address"] not in page
    assert not FreshCode.objects.exists()
    follower.sends("code/address")
    assert FreshCode.objects.count() == 1


def test_whoever_fetched_the_code_elsewhere_finds_its_field_when_the_page_is_asked_for_anew(
    follower: Follower,
) -> None:
    assert 'name="code"' not in follower.reads("code/address")
    follower.sends("code/address")
    again = follower.reads("code/address")
    assert 'name="code"' in again
    assert "The code is on its way." in again
    assert 'name="code"' not in follower.reads("code/erasure"), "another was asked for"
    with travel(clock.now() + CODE_LASTS, tick=False):
        assert 'name="code"' not in follower.reads("code/address"), "it is too old"


def test_without_the_code_nothing_is_changed(follower: Follower) -> None:
    answer = follower.sends("mend", **ELSEWHERE)
    assert answer["Location"] == follower.path("code/address")
    assert seen_filing(follower.filing).address["street_address"] == ADDRESS["street_address"]


def test_after_the_code_the_address_is_changed_and_the_owner_told(follower: Follower) -> None:
    made_fresh(follower)
    assert ADDRESS["street_address"] in follower.reads("mend")
    answer = follower.sends("mend", **ELSEWHERE)
    assert answer["Location"] == follower.path("?done=mended")
    assert "22 Other Street" in follower.reads("?done=mended")
    assert "22 Other Street" not in Follower(follower.filing).reads("?done=mended")
    follower.filing.refresh_from_db()
    assert seen_filing(follower.filing).address["street_address"] == "22 Other Street"
    assert "was changed" in content_of(Mailing.objects.latest("pk")).subject


def test_a_code_may_be_typed_with_spaces(follower: Follower) -> None:
    follower.sends("code/address")
    code = mailed_code()
    answer = follower.sends("code/address", code=f" {code[:3]} {code[3:]} ")
    assert answer["Location"] == follower.path("mend")


def test_a_code_opens_all_that_asks_for_one_and_its_letter_says_so(follower: Follower) -> None:
    follower.sends(f"code/{FreshFor.COPY}")
    letter = content_of(Mailing.objects.latest("pk")).text
    assert "can see, change or erase what you gave us, also where your remedy goes" in " ".join(
        letter.split()
    )
    follower.sends(f"code/{FreshFor.COPY}", code=mailed_code())
    assert follower.sees("mend").status_code == 200
    other_browser = Follower(follower.filing)
    assert other_browser.sees("mend")["Location"] == follower.path("code/address")


def test_after_five_wrong_tries_the_right_code_is_no_good_any_more(follower: Follower) -> None:
    follower.sends("code/address")
    wrong = f"{(int(mailed_code()) + 1) % 1_000_000:06d}"
    for _ in range(CODE_TRIES):
        answer = follower.sends("code/address", code=wrong)
        assert answer.status_code == 422
        assert "This is not the code, or it is too old." in answer.content.decode()
    assert follower.sends("code/address", code=mailed_code()).status_code == 422


def test_a_second_code_at_once_is_not_sent_and_that_is_said(follower: Follower) -> None:
    follower.sends("code/address")
    answer = follower.sends("code/address")
    assert "a new one can be had in a minute" in answer.content.decode()
    assert FreshCode.objects.count() == 1
    with travel(clock.now() + timedelta(minutes=2), tick=False):
        follower.sends("code/address")
    assert FreshCode.objects.count() == 2


def test_what_is_not_right_is_said_and_what_was_typed_is_kept(follower: Follower) -> None:
    made_fresh(follower)
    answer = follower.sends("mend", **{**ELSEWHERE, "postal_code": "nowhere"})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "This does not fit the place." in body
    assert "22 Other Street" in body


def test_where_money_goes_is_changed_as_it_was_asked(claimant: Claimant) -> None:
    claimant.recall = "baseus-bs30kp365"
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", NAMED)
    claimant.gives("remedy", {"remedy": "refund"})
    asked = claimant.gives("details", {"payee_kind": "cash"}).content.decode()
    claimant.gives("details", {"payee_kind": "check", **ADDRESS})
    claimant.gives("send", AGREED)
    follower = Follower(claimant.filing)
    made_fresh(follower, FreshFor.PAYEE)
    page = follower.reads("mend")
    for way in ("way-1", "way-2"):
        assert f'id="{way}"' in asked
        assert f'id="{way}"' in page
    assert ADDRESS["street_address"] in page
    assert follower.sends("mend", payee_kind="cash").status_code == 422
    account = {"account_holder": "Made-up", "routing_number": "021000021"}
    follower.sends("mend", payee_kind="us_account", account_number="12345678", **account)
    assert "Account ending in 5678" in follower.reads("?done=mended")
    assert seen_filing(claimant.filing).payee["kind"] == "us_account"


def test_once_it_is_ordered_a_person_has_to_be_asked(follower: Follower) -> None:
    moved(follower.filing, ClaimState.REMEDY_ORDERED)
    assert follower.sees("mend")["Location"] == follower.path("?done=too-late")
    assert "That cannot be done here any more" in follower.reads("?done=too-late")


def test_no_longer_time_for_it_is_promised_when_it_is_given(claimant: Claimant) -> None:
    claimant.fills_in("power-bank")
    assert "You can change it until it is ordered." in words_of(claimant.sees("details"))


def test_what_needs_no_address_offers_no_change_of_one(published: Path) -> None:
    follower = Follower(filed(published, remedy="gift-card"))
    assert "Change where it goes" not in follower.reads()
    assert follower.sees("mend")["Location"].endswith("?done=nothing-to-change")
    assert "so there is nothing to change." in follower.reads("?done=nothing-to-change")


def test_who_gave_a_phone_only_gets_the_code_there(published: Path) -> None:
    follower = Follower(filed(published, email="", phone="202-555-0143"))
    page = follower.reads("code/address")
    assert "We send a code to the phone number •••43." in page
    follower.sends("code/address")
    assert Mailing.objects.latest("pk").channel == "sms"


def test_where_no_text_messages_are_sent_a_person_changes_it_by_phone(
    published: Path, settings: Settings
) -> None:
    settings.SMS = "none"
    follower = Follower(filed(published, email="", phone="202-555-0143"))
    for page in (follower.sees("code/address"), follower.sends("code/address")):
        body = page.content.decode()
        assert "Please call us for this</h1>" in body
        assert "tel:+18005550142" in body
        assert "on its way" not in body
    assert not FreshCode.objects.exists()
    sent = follower.reads("?sent")
    assert "did not arrive" not in sent
    assert "with it a person finds your claim" in sent


def test_another_purpose_is_not_known(follower: Follower) -> None:
    assert follower.sees("code/something").status_code == 404
