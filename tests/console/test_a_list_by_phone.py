"""A list of many units that staff enter for a caller: as its owner would send it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Contact, Filing, UnitList
from recalldesk.claims.states import Channel
from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.mailing.models import Mailing
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import AFFECTED, SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE = "/desk/phone/list/"
CALLER = {
    "recall": SLUG,
    "nonce": "one-call",
    "asked": "1",
    "organisation": "Example School",
    "name": "Kim Made-Up",
    "email": "facilities@school.example",
    "phone": "",
    "language": "en",
}


@pytest.fixture
def reviewer(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def sent(client: Client, **more: object) -> HttpResponse:
    return client.post(PAGE, CALLER | more)


def test_the_page_of_a_call_leads_to_it(reviewer: Client) -> None:
    assert f'href="{PAGE}?recall={SLUG}"' in main_of(reviewer.get("/desk/phone/"))
    page = main_of(reviewer.get(f"{PAGE}?recall={SLUG}"))
    assert "Ask this first" in page
    assert "Or the file that they sent" in page


def test_a_list_is_entered_once_and_answered_to_its_owner_alone(reviewer: Client) -> None:
    answer = sent(reviewer, serials=f"{AFFECTED}\nXX-1\n{AFFECTED}")
    contact = Contact.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/contacts/{contact.pk}/")
    filing = Filing.objects.get(is_list=True)
    assert (filing.channel, filing.entered_by, contact.filing) == (
        Channel.PHONE,
        contact.by,
        filing,
    )
    row = list_of(filing)
    assert row is not None
    assert {line.state for line in opened_lines(row)[0]} == {"waiting", "duplicate"}
    assert Mailing.objects.count() == 1
    assert StateChange.objects.filter(subject=Subject.UNIT_LIST, reason=Reason.ENTERED).exists()
    page = main_of(reviewer.get(answer["Location"]))
    assert "The list is entered: 2 lines" in page
    sent(reviewer, serials=f"{AFFECTED}\nXX-1\n{AFFECTED}")
    assert (UnitList.objects.count(), Contact.objects.count()) == (1, 1)


def test_a_file_is_read_as_on_the_owner_s_page(reviewer: Client) -> None:
    file = SimpleUploadedFile("rooms.csv", f"Room;Serial\n12;{AFFECTED}\n".encode())
    assert sent(reviewer, file=file).status_code == 303
    row = list_of(Filing.objects.get(is_list=True))
    assert row is not None
    assert [line.text for line in opened_lines(row)[0]] == [AFFECTED]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(reviewer: Client) -> None:
    for answer, words in (
        (sent(reviewer, serials=AFFECTED, asked=""), "Ask about danger first"),
        (sent(reviewer, serials=" "), "Paste the serial numbers"),
        (sent(reviewer, serials=AFFECTED, email=""), "look at what is marked"),
        (sent(reviewer, serials="Serial,SN\nA,B"), "Two columns are headed as serials"),
    ):
        assert answer.status_code == 422
        page = main_of(answer)
        assert words in page
        assert "Kim Made-Up" in page
    assert not Filing.objects.exists()
    assert not Contact.objects.exists()
    too_much = sent(reviewer, serials="Z" * 70_000)
    assert (too_much.status_code, "choose a file" in too_much.content.decode()) == (413, True)


def test_whoever_may_enter_no_claim_enters_no_list(client: Client) -> None:
    sign_in(client, staff(Role.VIEWER))
    assert sent(client, serials=AFFECTED).status_code == 403
    assert not Filing.objects.exists()
