"""Second factors are changed by whoever has just proved who they are, and the last one stays."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.at_the_desk import code_of, factors_of, main_of, sign_in, staff, with_app
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]


def signed_in(client: Client, role: Role) -> Staff:
    """By the pages, a moment ago."""
    person = with_app(staff(role))
    typed = {"login": person.email, "password": PASSWORD}
    client.post(reverse("account_login"), typed)
    client.post(reverse("mfa_authenticate"), {"code": code_of()})
    return person


def test_the_last_second_factor_of_a_role_that_needs_one_stays(client: Client) -> None:
    person = signed_in(client, Role.REVIEWER)
    page = main_of(client.post(reverse("mfa_deactivate_totp")))
    assert "Your role needs a second factor" in page
    assert factors_of(person) == {"totp"}


def test_a_viewer_may_go_without(client: Client) -> None:
    person = signed_in(client, Role.VIEWER)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert factors_of(person) == set()
    assert "is no second factor" in content_of(Mailing.objects.latest("pk")).text


def test_the_last_passkey_of_a_role_that_needs_one_stays(client: Client) -> None:
    person = signed_in(client, Role.REVIEWER)
    Authenticator.objects.filter(user=person).update(
        type="webauthn", data={"name": "Passkey", "credential": {}}
    )
    number = Authenticator.objects.get(user=person).pk
    refused = client.post(reverse("mfa_remove_webauthn", args=[number]))
    assert "Your role needs a second factor" in main_of(client.get(refused["Location"]))
    assert factors_of(person) == {"webauthn"}


@pytest.mark.parametrize(
    "name",
    [
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
    ],
)
def test_after_five_minutes_one_proves_again_who_one_is(client: Client, name: str) -> None:
    person = signed_in(client, Role.REVIEWER)
    assert client.get(reverse(name)).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=40)):
        away = client.get(reverse(name))
        assert away["Location"].startswith(reverse("account_reauthenticate"))
        page = client.get(away["Location"])
        assert "Is it you?" in main_of(page)
        wrong = client.post(away["Location"], {"password": "wrong-kettle-battery"})
        assert "The password is not right." in main_of(wrong)
        again = client.post(away["Location"], {"password": PASSWORD})
        assert again["Location"] == reverse(name)
        assert client.get(reverse(name)).status_code == 200
    assert factors_of(person) == {"totp"}


def test_a_code_proves_it_as_well(client: Client) -> None:
    signed_in(client, Role.REVIEWER)
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        away = client.get(reverse("mfa_generate_recovery_codes"))
        page = main_of(client.get(away["Location"]))
        assert "Use a code instead" in page
        by_code = reverse("mfa_reauthenticate") + "?" + away["Location"].partition("?")[2]
        again = client.post(by_code, {"code": code_of()})
        assert again["Location"] == reverse("mfa_generate_recovery_codes")


def test_nobody_removes_the_passkey_of_another(client: Client) -> None:
    other = staff(Role.AUDITOR)
    row = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Passkey", "credential": {}}
    )
    signed_in(client, Role.REVIEWER)
    assert client.post(reverse("mfa_remove_webauthn", args=[row.pk])).status_code == 404
    assert factors_of(other) == {"webauthn"}


def test_the_account_page_shows_what_there_is(client: Client) -> None:
    sign_in(client, with_app(staff(Role.REVIEWER)))
    page = main_of(client.get(reverse("mfa_index")))
    assert "Remove it" in page
    assert "Add a passkey" in page
    assert "Change your password" in page
