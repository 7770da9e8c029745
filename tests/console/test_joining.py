"""Somebody is invited, follows the mailed link, and is staff with a second factor."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import invite_by_mail
from tests.at_the_desk import code_of, main_of, sign_in, staff, wrong_code
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
EMAIL = "nia@staff.example"


@pytest.fixture
def link() -> str:
    """The path of an invitation that was just mailed."""
    by = staff(Role.ADMINISTRATOR, name="Ana Ruiz")
    _, address = invite_by_mail(email=EMAIL, name="Nia New", role=Role.REVIEWER, by=by)
    return "/" + address.partition("//")[2].partition("/")[2]


def shown_secret(page: str) -> str:
    found = re.search(r'class="key">([A-Z2-7]+)<', page)
    assert found
    return found[1]


def test_the_link_is_mailed_to_the_address(link: str) -> None:
    mailing = Mailing.objects.get(purpose=Purpose.INVITATION)
    assert recipient_of(mailing) == EMAIL
    said = content_of(mailing)
    assert link in said.text
    assert "Ana Ruiz invites you" in said.text
    assert "as reviewer" in " ".join(said.text.split())


def test_from_the_link_to_the_start_of_the_desk(client: Client, link: str) -> None:
    page = client.get(link)
    assert "Nia New, you will work here as reviewer" in main_of(page)
    pressed = client.post(link)
    assert (pressed.status_code, pressed["Location"]) == (303, reverse("console:join"))
    assert EMAIL in main_of(client.get(reverse("console:join")))
    typed = {"password": PASSWORD, "again": PASSWORD}
    joined = client.post(reverse("console:join"), typed)
    assert joined["Location"] == reverse("console:second_factor")
    assert "As reviewer you" in main_of(client.get(reverse("console:second_factor")))
    assert client.get(reverse("console:start"))["Location"] == reverse("console:second_factor")

    secret = shown_secret(main_of(client.get(reverse("mfa_activate_totp"))))
    wrong = client.post(reverse("mfa_activate_totp"), {"code": wrong_code()})
    assert "This code is not right" in main_of(wrong)
    right = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert right["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<li>(\d{8})</li>", main_of(client.get(right["Location"])))
    assert len(set(codes)) == 10
    assert client.get(reverse("console:start")).status_code == 200


def test_a_passkey_needs_no_password(client: Client, link: str) -> None:
    client.post(link)
    joined = client.post(reverse("console:join"), {"passkey": "1"})
    assert joined["Location"] == reverse("mfa_add_webauthn")
    assert "data-passkey" in main_of(client.get(joined["Location"]))
    assert not Staff.objects.get(email=EMAIL).has_usable_password()
    assert client.get(reverse("console:start"))["Location"] == reverse("console:second_factor")


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "too short"),
        (PASSWORD, PASSWORD + "x", "The two passwords differ."),
        ("", "", "required"),
        ("098765432109876", "098765432109876", "entirely numeric"),
    ],
)
def test_a_password_that_will_not_do_is_said_beside_its_field(
    client: Client, link: str, password: str, again: str, said: str
) -> None:
    client.post(link)
    refused = client.post(reverse("console:join"), {"password": password, "again": again})
    assert refused.status_code == 422
    assert said in main_of(refused)
    assert not Staff.objects.get(email=EMAIL).is_active


def test_looking_at_a_link_opens_nothing(client: Client, link: str) -> None:
    client.get(link)
    client.head(link)
    assert client.get(reverse("console:join")).status_code == 404
    assert Client().get(link).status_code == 200


def test_of_a_link_that_opens_nothing_no_more_is_said(client: Client, link: str) -> None:
    unknown = client.get(reverse("console:invitation", args=["x" * 43]))
    client.post(link)
    client.post(reverse("console:join"), {"password": PASSWORD, "again": PASSWORD})
    used = Client().get(link)
    assert unknown.status_code == used.status_code == 404
    assert main_of(unknown) == main_of(used)
    assert Client().post(link).status_code == 404


def test_the_page_of_a_link_tells_no_other_its_address(client: Client, link: str) -> None:
    page = client.get(link)
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["Cache-Control"] == "no-store"
    assert link not in page.content.decode()


def test_whoever_is_signed_in_as_somebody_else_is_that_no_more(client: Client, link: str) -> None:
    sign_in(client, staff(Role.AUDITOR))
    client.post(link)
    assert client.get(reverse("console:start")).status_code == 303


def test_a_browser_cannot_choose_its_session(client: Client, link: str) -> None:
    client.post(link)
    before = client.session.session_key
    client.post(reverse("console:join"), {"password": PASSWORD, "again": PASSWORD})
    assert client.session.session_key != before
