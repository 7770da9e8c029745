"""The search: what is typed finds, and stands in no address and no log."""

import logging
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.models import Filing
from tests.at_the_desk import sign_in, staff
from tests.cast import AFFECTED
from tests.claims.owner import OLGA
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
SEARCH = "/desk/search/"


@pytest.fixture
def filing() -> Filing:
    filing = OLGA.files()
    keep_keys(filing)
    return filing


def finds(client: Client, text: str) -> str:
    response = client.post(SEARCH, {"q": text})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return unescape(response.content.decode())


def reviewer(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def test_what_is_typed_finds_the_claim(client: Client, filing: Filing) -> None:
    rosa = reviewer(client)
    for text, how in (
        (filing.reference.lower(), "by reference"),
        (f"{AFFECTED[:2]}-{AFFECTED[2:]}", "by serial"),
        (OLGA.email.upper(), "by e-mail address"),
        ("olga quispe", "by name"),
    ):
        page = finds(rosa, text)
        assert filing.reference in page
        assert how in page
        assert "O. Q." in page


def test_a_reference_may_stand_in_an_address_and_opens_nothing(
    client: Client, filing: Filing
) -> None:
    page = reviewer(client).get(f"{SEARCH}?reference={filing.reference}").content.decode()
    assert filing.reference in page
    assert OLGA.email not in page


def test_nothing_else_is_looked_for_in_an_address(client: Client, filing: Filing) -> None:
    rosa = reviewer(client)
    for query in (f"reference={OLGA.email}", f"q={AFFECTED}", f"reference={AFFECTED}"):
        assert filing.reference not in rosa.get(f"{SEARCH}?{query}").content.decode()


def test_what_is_typed_stands_in_no_log(
    client: Client, filing: Filing, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
) -> None:
    rosa = reviewer(client)
    with caplog.at_level(logging.INFO):
        for text in (AFFECTED, OLGA.email, OLGA.name):
            finds(rosa, text)
    written = caplog.text + "".join(capfd.readouterr())
    for text in (AFFECTED, OLGA.email, "Quispe"):
        assert text not in written


def test_the_form_sends_what_is_typed_in_its_body(client: Client) -> None:
    page = reviewer(client).get(SEARCH).content.decode()
    assert f'method="post" action="{SEARCH}"' in page


def test_a_viewer_is_told_what_the_role_finds(client: Client, filing: Filing) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    page = finds(viewer, OLGA.email)
    assert "Your role finds claims by reference and serial only." in page
    assert filing.reference not in page


def test_nothing_found_says_what_to_type(client: Client) -> None:
    assert "No claim was found." in finds(reviewer(client), "nobody at all")


@pytest.mark.parametrize("text", [AFFECTED, OLGA.email, OLGA.name, "2025550143"])
def test_a_search_takes_at_most_thirteen_queries(client: Client, filing: Filing, text: str) -> None:
    rosa = reviewer(client)
    finds(rosa, text)
    with CaptureQueriesContext(connection) as asked:
        finds(rosa, text)
    assert len(asked) <= 13, [each["sql"][:80] for each in asked]
