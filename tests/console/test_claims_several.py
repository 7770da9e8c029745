"""Several claims decided alike from the queue: chosen, previewed, decided."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from tests.at_the_desk import sign_in, staff
from tests.cast import SERIALS
from tests.claims.conftest import photos_folder
from tests.claims.desk.people import now, seen, waiting_claim
from tests.claims.owner import OLGA, PAVEL, Owner
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
__all__ = ["photos_folder"]  # a store for photos, for every test
SEVERAL = "/desk/claims/several/"
TARA = Owner("Tara Third-Made-Up", "tara@home.example")


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


@pytest.fixture
def claims() -> list[Claim]:
    return [waiting_claim(OLGA), waiting_claim(PAVEL, SERIALS[1])]


def html(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def stamps_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen-\d+)" value="(\d+)"', page))


def test_rows_of_the_queue_can_be_chosen_by_whoever_decides(
    rosa: Client, claims: list[Claim]
) -> None:
    page = html(rosa.get("/desk/claims/"))
    assert [f'name="claim" value="{each.pk}"' in page for each in claims] == [True, True]
    vera = sign_in(Client(), staff(Role.VIEWER))
    assert 'name="claim"' not in html(vera.get("/desk/claims/"))


def test_the_preview_decides_nothing_and_says_why_one_would_not_go(
    rosa: Client, claims: list[Claim]
) -> None:
    owner_wrote(filing_id=claims[1].filing_id, text="Wait.", nonce="n")
    page = html(rosa.post(SEVERAL, {"do": "approve", "claim": [each.pk for each in claims]}))
    assert "1 would go, 1 would not" in page
    assert f"{claims[1].filing.reference}: Its owner wrote: read that first." in page
    assert {now(each).state for each in claims} == {ClaimState.IN_REVIEW}


def test_the_preview_names_why_each_waits(rosa: Client, claims: list[Claim]) -> None:
    odd = waiting_claim(TARA, SERIALS[2])
    Claim.objects.filter(pk=odd.pk).update(tags=["like_photo"])
    chosen = [odd.pk, *(each.pk for each in claims)]
    page = html(rosa.post(SEVERAL, {"do": "approve", "claim": chosen}))
    assert "2 would go, 1 would not" in page
    assert 'Other reasons made it wait. <span class="soft">like photo</span>' in page


def test_what_was_previewed_is_approved_each_by_what_was_seen(
    rosa: Client, claims: list[Claim]
) -> None:
    numbers = [each.pk for each in claims]
    preview = html(rosa.post(SEVERAL, {"do": "approve", "claim": numbers}))
    owner_wrote(filing_id=claims[1].filing_id, text="Wait.", nonce="n")
    sure = {"do": "approve", "claim": numbers, "sure": "1"} | stamps_in(preview)
    page = html(rosa.post(SEVERAL, sure))
    assert "Not done" in page
    assert [now(each).state for each in claims] == [ClaimState.APPROVED, ClaimState.IN_REVIEW]


def test_after_several_at_once_no_older_decision_is_offered_as_the_last(
    rosa: Client, claims: list[Claim]
) -> None:
    older = waiting_claim(TARA, SERIALS[2])
    rosa.post(
        f"/desk/claims/{older.filing.reference}/1/decide/",
        {"do": "approve", "seen": seen(older)},
    )
    assert 'data-key="u"' in html(rosa.get("/desk/claims/"))
    chosen = {"do": "approve", "claim": [each.pk for each in claims]}
    stamps = stamps_in(html(rosa.post(SEVERAL, chosen)))
    rosa.post(SEVERAL, chosen | stamps | {"sure": "1"})
    assert {now(each).state for each in claims} == {ClaimState.APPROVED}
    assert 'data-key="u"' not in html(rosa.get("/desk/claims/"))


def test_owners_are_asked_for_the_same_thing(rosa: Client, claims: list[Claim]) -> None:
    numbers = [each.pk for each in claims]
    preview = html(rosa.post(SEVERAL, {"do": "ask", "claim": numbers}))
    sure = {"do": "ask", "claim": numbers, "sure": "1"} | stamps_in(preview)
    assert "Ask them" in html(rosa.post(SEVERAL, sure | {"template": "wait"}))
    rosa.post(SEVERAL, sure | {"template": "receipt"})
    assert {now(each).state for each in claims} == {ClaimState.NEEDS_OWNER}


def test_nothing_chosen_and_what_is_no_number_lead_back_to_the_list(rosa: Client) -> None:
    for chosen in ([], ["x", "²"]):
        answer = rosa.post(f"{SEVERAL}?list=answered", {"do": "approve", "claim": chosen})
        assert answer["Location"] == "/desk/claims/?list=answered"
