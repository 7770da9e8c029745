"""An owner withdraws, appeals, gets rid of the unit, takes the data along, has it erased."""

import json
from pathlib import Path

import pytest

from recalldesk.claims.models import Claim, Filing, Message
from recalldesk.claims.states import ClaimState, FilingState, FreshFor
from recalldesk.portal.claiming.visitor import cookie_name
from tests.portal.claims.filed import (
    EMAIL,
    NAME,
    Follower,
    filed,
    made_fresh,
    mailed_code,
    moved,
    states,
)

pytestmark = pytest.mark.usefixtures("owner")
WHY = "Made up: the serial is right, look at the photo."


@pytest.fixture
def follower(published: Path) -> Follower:
    return Follower(filed(published))


def test_withdrawing_is_asked_once_more_and_says_that_the_danger_stays(follower: Follower) -> None:
    page = follower.reads("withdraw")
    assert "Withdraw your claim?</h1>" in page
    assert "The danger stays" in page
    assert states(follower.filing) == [ClaimState.IN_REVIEW]
    answer = follower.sends("withdraw")
    assert answer["Location"] == follower.path("?done=withdrawn")
    assert states(follower.filing) == [ClaimState.WITHDRAWN]
    assert follower.sends("withdraw")["Location"] == follower.path("?done=withdrawn")
    assert "The product stays dangerous" in follower.reads()


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.DECLINED, ClaimState.DUPLICATE])
def test_of_what_is_over_no_remedy_is_promised(follower: Follower, state: ClaimState) -> None:
    assert "What you chose</h2>" in follower.reads()
    moved(follower.filing, state)
    body = follower.reads()
    assert "What you chose</h2>" not in body
    assert "of approval" not in body


def test_what_is_ordered_is_not_withdrawn(follower: Follower) -> None:
    moved(follower.filing, ClaimState.REMEDY_ORDERED)
    assert follower.sends("withdraw")["Location"] == follower.path("?done=too-late")
    assert follower.sees("withdraw")["Location"] == follower.path("?done=too-late")
    assert states(follower.filing) == [ClaimState.REMEDY_ORDERED]


def test_a_declined_claim_goes_to_another_person_with_the_reason(follower: Follower) -> None:
    moved(follower.filing, ClaimState.DECLINED)
    assert "Ask another person to look" in follower.reads()
    refused = follower.sends("appeal", message="", nonce="made-up")
    assert refused.status_code == 422
    assert "Why should we look at it again? Please fill this in." in refused.content.decode()
    for _ in range(2):
        answer = follower.sends("appeal", message=WHY, nonce="made-up")
        assert answer["Location"] == follower.path("?done=appealed")
    assert states(follower.filing) == [ClaimState.IN_REVIEW]
    assert Message.objects.count() == 1
    assert "<b>You asked for another person</b>" in follower.reads()


def test_what_was_not_declined_cannot_be_appealed(follower: Follower) -> None:
    assert follower.sees("appeal")["Location"] == follower.path("?done=too-late")
    answer = follower.sends("appeal", message=WHY, nonce="made-up")
    assert answer["Location"] == follower.path("?done=too-late")


def test_the_day_on_which_a_unit_was_got_rid_of_is_kept_once(follower: Follower) -> None:
    moved(follower.filing, ClaimState.APPROVED)
    for _ in range(2):
        answer = follower.sends("disposed", unit="1")
        assert answer["Location"] == follower.path("?done=disposed")
    body = follower.reads()
    assert "You got rid of it by" in body
    assert "I have got rid of it</button>" not in body


@pytest.mark.parametrize("unit", ["1", "2", "", "x", "²", "99999999999"])
def test_while_it_may_be_needed_no_disposal_is_noted(follower: Follower, unit: str) -> None:
    assert follower.sends("disposed", unit=unit).status_code == 303
    assert Claim.objects.get().disposed_on is None


def test_the_owner_gets_all_data_as_a_file_that_nobody_keeps(follower: Follower) -> None:
    assert follower.sees("my-data")["Location"] == follower.path("code/copy")
    assert follower.sends("my-data")["Location"] == follower.path("code/copy")
    made_fresh(follower, FreshFor.COPY)
    answer = follower.sends("my-data")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{follower.filing.reference}.json"'
    )
    told = json.loads(answer.content)
    assert (told["name"], told["email"]) == (NAME, EMAIL)
    assert told["units"][0]["serial"]


def test_the_code_leads_to_a_page_from_which_the_file_is_taken(follower: Follower) -> None:
    """A file alone would leave the browser on the page that asks for the code."""
    assert follower.sends("code/copy").status_code == 200
    answer = follower.sends("code/copy", code=mailed_code())
    assert answer["Location"] == follower.path("my-data")
    page = follower.reads("my-data")
    assert "Your data</h1>" in page
    assert "Save the file</button>" in page
    assert "Back to my claim" in page


def test_an_open_claim_is_not_erased(follower: Follower) -> None:
    assert "once the claim is over" in follower.reads()
    assert follower.sees("erase")["Location"] == follower.path("?done=not-over")
    assert follower.sends("erase")["Location"] == follower.path("?done=not-over")
    body = follower.reads("?done=not-over")
    assert "until then we need it to decide" in body
    assert "has moved on" not in body
    assert Filing.objects.get().state == FilingState.FILED


def test_erasing_asks_for_a_code_and_once_more(follower: Follower) -> None:
    moved(follower.filing, ClaimState.SETTLED)
    assert follower.sends("erase")["Location"] == follower.path("code/erasure")
    assert Filing.objects.get().state == FilingState.FILED
    made_fresh(follower, FreshFor.ERASURE)
    assert "it cannot be undone" in follower.reads("erase")
    assert Filing.objects.get().state == FilingState.FILED


def test_what_is_erased_is_gone_for_every_browser(follower: Follower) -> None:
    moved(follower.filing, ClaimState.SETTLED)
    other = Follower(follower.filing)
    made_fresh(follower, FreshFor.ERASURE)
    answer = follower.sends("erase")
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "Your data is erased</h1>" in body
    assert "m•••@example.org" in body
    assert answer.cookies[cookie_name(follower.filing.key)].value == ""
    assert Filing.objects.get().state == FilingState.ERASED
    assert other.sees().status_code == 403
    assert other.sees("my-data").status_code == 403
