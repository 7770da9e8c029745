"""What came up since the rule ruled stands on the claim page; an approval without it asks again."""

import re
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from tests.at_the_desk import sign_in, staff
from tests.cast import SERIALS
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.claims.deciding.filed import looks_like, owner, sent
from tests.claims.desk.people import now, seen
from tests.claims.owner import MONEY, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
__all__ = ["_desk_of_the_file", "desk", "photos_folder"]
MOST_QUERIES = 36
"""Of what the page asks for once it stands; the page itself keeps to its twelve."""


def address(claim: Claim, below: str = "") -> str:
    return f"/desk/claims/{claim.filing.reference}/{claim.position}/{below}"


def html(response: HttpResponse) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


@pytest.fixture
def first() -> Claim:
    """One that waits, for what it shares with one before it."""
    sent(owner(1), SERIALS[0], remedy=MONEY)
    filing = sent(owner(2), SERIALS[1], remedy=MONEY)
    looks_like(filing, 0)
    return now(claim_of(filing))


def a_later_one() -> Claim:
    later = sent(owner(3), SERIALS[2], remedy=MONEY)
    looks_like(later, 2)
    return now(claim_of(later))


def test_what_came_up_is_marked_as_newer_with_its_evidence(rosa: Client, first: Claim) -> None:
    assert "Nothing came up since the rule ruled" in html(rosa.get(address(first, "newer/")))
    later = a_later_one()
    page = html(rosa.get(address(first, "newer/")))
    assert "Newer: since the rule ruled on" in page
    assert "A photo looks the same as one of another serial" in page
    assert "the nearest 2 of 256 apart" in page
    assert "3 counted; 1 are usual. It was 2 when the rule ruled." in page
    assert f'href="{address(later)}"' in page
    assert f'href="{address(first, "newer/")}"' in html(rosa.get(address(first)))


def asked_for(client: Client, claim: Claim) -> list[str]:
    """What the database was asked for what is newer."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address(claim, "newer/"))
    return [each["sql"] for each in asked]


def test_to_look_it_up_costs_the_same_however_many_there_are(rosa: Client, first: Claim) -> None:
    counts = []
    for number in (3, 4):
        later = sent(owner(number), SERIALS[number - 1], remedy=MONEY)
        looks_like(later, number)
        rosa.get(address(first, "newer/"))
        # Sessions, keys and what the recalls say are read anew now and then, whatever is asked.
        sql = min((asked_for(rosa, first), asked_for(rosa, first)), key=len)
        assert len(sql) <= MOST_QUERIES
        counts.append(len([each for each in sql if re.search(r'FROM "(claims|evidence)_', each)]))
    assert counts[0] == counts[1], [each[:90] for each in sql]


def test_an_approval_without_it_is_asked_once_more_with_what_is_new(
    rosa: Client, first: Claim
) -> None:
    page = html(rosa.get(address(first)))
    (stamp, *_) = re.findall(r'name="seen" value="(\d+)"', page)
    a_later_one()
    form = {"do": "approve", "seen": stamp, "known": "", "note": "She called."}
    refused = rosa.post(address(first, "decide/"), form)
    assert refused.status_code == 409
    page = html(refused)
    assert "Something came up since the rule ruled" in page
    assert "A photo looks the same as one of another serial" in page
    assert now(first).state == ClaimState.IN_REVIEW
    (known, *_) = re.findall(r'name="known" value="([^"]+)"', page)
    assert rosa.post(address(first, "decide/"), form | {"known": known}).status_code == 303
    assert now(first).state == ClaimState.APPROVED


def test_what_was_typed_for_an_approval_is_not_lost(rosa: Client) -> None:
    claim = claim_of(owner(1).files(SERIALS[0], remedy=MONEY))
    sent(owner(2), SERIALS[1], remedy=MONEY)
    form = {"do": "approve", "seen": seen(claim), "note": "She called."}
    refused = rosa.post(address(claim, "decide/"), form)
    assert refused.status_code == 409
    assert ">She called.</textarea>" in html(refused)
