"""Seats and questions at the desk: an authority asks, the firm gives seats and answers."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.inquiries.asking import ask
from recalldesk.inquiries.models import Answer, Question, Seat
from recalldesk.inquiries.wording import Said
from recalldesk.recalls.models import Recall, RecallVersion
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Cast
from tests.console.seat_rows import made_questions
from tests.inquiries.seated import regulator, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
ASK, SEATS = f"/desk/seat/{SLUG}/questions/", "/desk/seats/"
WORDS = {"subject": "Fires", "text": "Which fires were reported to you?", "about": ""}


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER, name="Mona Manager")


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(main_of(response))


def test_an_authority_asks_reads_the_answer_and_withdraws(
    client: Client, recall: Recall, manager: Staff
) -> None:
    greta = regulator()
    seat(greta, recall, given_by=manager)
    sign_in(client, greta)
    about = f"https://desk.example/desk/seat/{SLUG}/incidents/"
    sent = client.post(ASK, WORDS | {"about": about, "nonce": "n"})
    asked = Question.objects.get()
    assert sent.headers["Location"] == f"{ASK}{asked.pk}/"
    again = client.post(ASK, WORDS | {"about": about, "nonce": "n"})
    assert again.headers["Location"] == sent.headers["Location"]
    page = html(client, f"{ASK}{asked.pk}/")
    assert f'href="/desk/seat/{SLUG}/incidents/"' in page
    assert "None yet." in page
    client.post(f"{ASK}{asked.pk}/withdraw/")
    assert "withdrawn before it was answered" in html(client, f"{ASK}{asked.pk}/")
    assert "Fires" in html(client, ASK)


def test_a_question_about_a_page_begins_with_its_address(
    client: Client, recall: Recall, manager: Staff
) -> None:
    greta = regulator()
    seat(greta, recall, given_by=manager)
    sign_in(client, greta)
    address = f"/desk/seat/{SLUG}/corrections/rows/?figure=corrected&so_far=1"
    found = re.search(r'href="([^"]+)">Ask the firm about these rows', html(client, address))
    assert found
    assert f'value="{address}"' in html(client, found[1])


@pytest.mark.parametrize(
    "wrong",
    [{"subject": ""}, {"text": " "}, {"about": "javascript:alert(1)"}, {"wanted_by": "2020-01-01"}],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    client: Client, recall: Recall, manager: Staff, wrong: dict[str, str]
) -> None:
    greta = regulator()
    seat(greta, recall, given_by=manager)
    sign_in(client, greta)
    response = client.post(ASK, WORDS | {"text": "Which <b>fires</b>?"} | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'role="alert"' in page or 'class="problem"' in page
    assert "<b>fires" not in page
    assert not Question.objects.exists()


def test_a_question_of_another_recall_is_not_to_be_found(
    client: Client, recall: Recall, manager: Staff
) -> None:
    greta = regulator()
    other = Recall.objects.create(slug="toaster-t1")
    for each in (recall, other):
        seat(greta, each, given_by=manager)
    asked = ask(by=greta, recall=other, said=Said("Toast", "Why is it burnt?"))
    sign_in(client, greta)
    assert client.get(f"{ASK}{asked.pk}/").status_code == 404
    assert client.post(f"{ASK}{asked.pk}/withdraw/").status_code == 404
    assert client.get(f"{ASK}{10**20}/").status_code == 404


def test_the_firm_reads_promises_and_answers(
    client: Client, recall: Recall, manager: Staff
) -> None:
    answered, promised, third = made_questions(recall, regulator(), manager)
    sign_in(client, manager)
    assert "2 questions of authorities" in html(client, "/desk/")
    listed = html(client, SEATS)
    assert listed.index(f"questions/{promised.pk}/") < listed.index(f"questions/{answered.pk}/")
    page = f"{SEATS}questions/{third.pk}/"
    tomorrow = clock.now().date() + timedelta(days=1)
    assert client.post(page, {"day": tomorrow.isoformat()}).status_code == 302
    assert "Promised for" in html(client, page)
    assert client.post(page, {"day": "2020-01-01"}).status_code == 422
    assert client.post(page, {"text": " "}).status_code == 422
    for _ in range(2):
        sent = client.post(page, {"text": "Two <fires>.", "nonce": "n"})
        assert sent.headers["Location"] == page
    assert Answer.objects.filter(question=third).count() == 1
    assert "Two &lt;fires&gt;." in client.get(page).content.decode()
    assert "Add to the answer" in html(client, page)
    assert client.get(f"{SEATS}questions/999/").status_code == 404
    assert client.get(f"{SEATS}questions/{10**20}/").status_code == 404


def test_a_seat_is_given_with_its_invitation_and_ended(
    client: Client, recall: Recall, cast: Cast
) -> None:
    sign_in(client, cast.administrator)
    asked = {"email": "gus@authority.example", "name": "Gus Guard", "authority": "CPSC"}
    assert client.post(f"{SEATS}give/", asked | {"recall": SLUG}).status_code == 302
    assert Invitation.objects.get().person.email == "gus@authority.example"
    page = html(client, SEATS)
    assert "invited" in page
    row = Seat.objects.get()
    client.post(f"{SEATS}{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_by == cast.administrator
    assert "was ended before" in unescape(
        client.post(f"{SEATS}{row.pk}/end/", follow=True).content.decode()
    )
    assert "ended" in html(client, SEATS)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Nobody with this address"),
        ({"authority": ""}, "required"),
        ({"recall": "no-such-recall"}, "Select a valid choice"),
        ({"until": "2020-01-01"}, "end before it begins"),
        ({"email": "administrator@desk.example"}, "works for the firm"),
    ],
)
def test_a_seat_that_cannot_be_given_says_why(
    client: Client, recall: Recall, cast: Cast, changed: dict[str, str], says: str
) -> None:
    sign_in(client, cast.administrator)
    asked = {"email": "gus@authority.example", "name": "Gus Guard", "authority": "CPSC"}
    response = client.post(f"{SEATS}give/", asked | {"recall": recall.slug} | changed)
    assert response.status_code == 422
    assert says in unescape(main_of(response))
    assert not Seat.objects.exists()
    assert not Invitation.objects.exists()


def test_a_manager_invites_nobody_and_is_told_who_may(
    client: Client, recall: Recall, manager: Staff
) -> None:
    sign_in(client, manager)
    asked = {"email": "gus@authority.example", "name": "Gus Guard", "authority": "CPSC"}
    response = client.post(f"{SEATS}give/", asked | {"recall": recall.slug})
    assert response.status_code == 422
    assert "may not add and change staff" in unescape(main_of(response))
