"""The page of a claim that later ones led to too late: what it shows, and what is found there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import LateLead
from recalldesk.claims.states import DeskList, LeadState
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SERIALS
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.claims.deciding.filed import owner, sent
from tests.claims.deciding.test_led_to_too_late import first_of_a_payee, later
from tests.claims.owner import MONEY, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
__all__ = ["_desk_of_the_file", "desk", "photos_folder"]  # a recall with every remedy
TITLE = "Led to after its remedy was ordered"


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def address(reference: str, below: str = "") -> str:
    return f"/desk/claims/{reference}/1/{below}"


def test_it_is_found_in_its_list_and_names_the_later_claims(rosa: Client) -> None:
    first, second, third = first_of_a_payee(), later(2), later(3)
    listed = main_of(rosa.get("/desk/claims/?list=led"))
    assert first.reference in listed
    assert second.reference not in listed
    shown = main_of(rosa.get(address(first.reference)))
    panel = shown[shown.index(TITLE) :].split("</section>")[0]
    assert second.reference in panel
    assert third.reference in panel
    assert "many to one account" in panel


def test_fraud_is_said_with_a_note_which_is_not_lost_where_it_is_refused(rosa: Client) -> None:
    first, _ = first_of_a_payee(), later(2)
    url = address(first.reference, "leads/")
    (lead,) = re.findall(r'name="lead" value="(\d+)"', main_of(rosa.get(address(first.reference))))
    refused = rosa.post(url, {"do": "fraud", "lead": lead, "note": " "})
    assert (refused.status_code, LateLead.objects.get().state) == (422, LeadState.OPEN)
    done = rosa.post(url, {"do": "fraud", "lead": lead, "note": "The same hand wrote both."})
    assert done.status_code == 303
    assert (LateLead.objects.get().state, claim_of(first).desk) == ("fraud", DeskList.NONE)
    shown = main_of(rosa.get(address(first.reference)))
    assert "Looked at: fraud, Rosa Reviewer" in shown
    assert "leads-note" not in shown
    assert "The same hand wrote both." in shown


def test_a_claim_that_nothing_led_to_has_no_such_panel(rosa: Client) -> None:
    claim = sent(owner(1), SERIALS[0], remedy=MONEY)
    assert TITLE not in main_of(rosa.get(address(claim.reference)))


def test_a_viewer_sees_it_and_says_nothing(client: Client) -> None:
    first, _ = first_of_a_payee(), later(2)
    viewer = sign_in(client, staff(Role.VIEWER))
    shown = main_of(viewer.get(address(first.reference)))
    assert TITLE in shown
    assert "leads-note" not in shown
    assert viewer.post(address(first.reference, "leads/"), {"do": "fraud"}).status_code == 403


@pytest.mark.parametrize("wrong", [{"do": "open"}, {"do": "perhaps"}, {}])
def test_what_cannot_be_found_is_no_address(rosa: Client, wrong: dict[str, str]) -> None:
    first, _ = first_of_a_payee(), later(2)
    assert rosa.post(address(first.reference, "leads/"), wrong).status_code == 404


def test_its_page_takes_no_more_questions_with_more_leads(rosa: Client) -> None:
    first, _ = first_of_a_payee(), later(2)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            rosa.get(address(first.reference))
        return len(asked)

    questions()
    one = questions()
    later(3)
    later(4)
    assert questions() == one
