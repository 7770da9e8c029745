"""The desk finds whom replacements were sent to, and takes the list with a reason."""

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import ListExport
from recalldesk.remedies.models import Order, Remedy, SentUnit
from recalldesk.remedies.states import RemedyState
from tests.at_the_desk import main_of, sign_in, staff
from tests.remedies.files.listed import listed_order

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("index_folder", "quick_passwords"),
]
PAGE = "/desk/files/sent-units/"


def sent(number: int, **unit: str) -> Order:
    """A kettle on its way, of which somebody may have said what it was."""
    order = listed_order(number)
    for state in (RemedyState.ORDERED, RemedyState.SENT):
        Remedy.objects.filter(pk=order.remedy_id).update(state=state)
    if unit:
        SentUnit.objects.create(order=order, article="0042", **unit)
    return order


def asked(client: Client, **fields: str) -> str:
    """The page after it was asked, with what it lists."""
    answer = client.post(PAGE, fields)
    return main_of(HttpResponse(answer.content))


def test_it_says_how_many_and_of_how_many_nobody_knows() -> None:
    client = sign_in(Client(), staff(Role.RECALL_MANAGER))
    sent(1, lot="L7")
    sent(2, lot="L8")
    sent(3)
    assert "Who was sent a unit" in client.get("/desk/files/").content.decode()
    page = asked(client, batches="L7\n\n", article="0042", do="look")
    assert '<span class="num">1</span> parcel<' in page
    assert "nobody said what they held:" in page
    page = asked(client, batches="L7", article="0042", unknown="on", do="look")
    assert '<span class="num">2</span> parcels<' in page
    assert "No parcel is known" in asked(client, batches="L9", do="take", reason="x")
    assert not ListExport.objects.exists()


def test_the_list_is_taken_for_a_reason() -> None:
    client = sign_in(Client(), staff(Role.RECALL_MANAGER))
    sent(1, lot="L7")
    take = {"batches": "L7", "do": "take", "form": "csv"}
    assert client.post(PAGE, take).status_code == 422
    assert "for a reason" in asked(client, **take)
    assert "No unit is named" in asked(client, do="look")
    taken = client.post(PAGE, take | {"reason": "The new kettle is recalled."})
    assert taken["Content-Disposition"].startswith('attachment; filename="sent-units-')
    text = b"".join(taken.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [line.count("L7") for line in text.splitlines()] == [0, 1]
    assert ListExport.objects.get().written == 1


def test_a_senior_reviewer_comes_by_the_page_of_remedies_and_is_led_nowhere_else() -> None:
    client = sign_in(Client(), staff(Role.SENIOR_REVIEWER))
    assert PAGE in client.get("/desk/remedies/").content.decode()
    page = client.get(PAGE)
    assert (page.status_code, b"Files for warehouse" in page.content) == (200, False)


def test_no_reviewer_takes_it() -> None:
    assert sign_in(Client(), staff(Role.REVIEWER)).get(PAGE).status_code == 403
