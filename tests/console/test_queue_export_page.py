"""A list is taken as a file from its page: a preview, a reason, the file."""

from datetime import date

import pytest
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import Channel
from tests.at_the_desk import sign_in, staff
from tests.claims.queued import queued
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
EXPORT = "/desk/export/"
DAY = date(2026, 11, 26)
WHY = "The insurer asks how many wait."


def senior(client: Client) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def test_the_form_says_how_many_claims_it_will_be(client: Client) -> None:
    queued(DAY, DAY, channel=Channel.PHONE)
    queued(DAY)
    page = senior(client).get(f"{EXPORT}?channel=phone").content.decode()
    assert "2 claims" in page
    assert "Came by: phone" in page


@pytest.mark.parametrize(("form", "begins"), [("csv", b'\xef\xbb\xbf"Reference"'), ("xlsx", b"PK")])
def test_the_file_comes_as_an_attachment(client: Client, form: str, begins: bytes) -> None:
    queued(DAY)
    response = senior(client).post(
        f"{EXPORT}?channel=page", {"column": ["reference"], "form": form, "reason": WHY}
    )
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="claims-review-')
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response).startswith(begins)  # type: ignore[arg-type]  # it is streamed
    (row,) = ListExport.objects.all()
    assert (row.query, row.state, row.written) == ("channel=page", "ended", 1)


def test_without_a_reason_the_form_comes_again_with_what_was_chosen(client: Client) -> None:
    response = senior(client).post(EXPORT, {"column": ["reference", "name"], "reason": " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert "A list is handed out for a reason." in page
    assert 'value="name" checked' in page
    assert 'value="state" checked' not in page
    assert not ListExport.objects.exists()


def test_personal_columns_are_neither_offered_nor_given_without_the_permission(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = Staff.may
    monkeypatch.setattr(
        Staff,
        "may",
        lambda person, asked: asked is not Permission.SEE_PERSONAL and may(person, asked),
    )
    sam = senior(client)
    assert 'value="email"' not in sam.get(EXPORT).content.decode()
    refused = sam.post(EXPORT, {"column": ["email"], "reason": WHY})
    assert refused.status_code == 403
    assert not ListExport.objects.exists()


def test_only_who_may_export_is_led_there(client: Client) -> None:
    assert EXPORT in senior(client).get("/desk/claims/").content.decode()
    rosa = sign_in(Client(), staff(Role.REVIEWER))
    assert EXPORT not in rosa.get("/desk/claims/").content.decode()
    assert rosa.get(EXPORT).status_code == 403
