"""Every address of the desk, asked for by nobody and by everybody of every role."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.console.access import Door, needs_of
from tests.architecture.addresses import Address, every_address
from tests.at_the_desk import sign_in, staff
from tests.cast import PASSWORD, QUICK_HASHERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]

ADDRESSES = [each for each in every_address() if each.is_the_desks]
BEHIND_THE_DOOR = [each for each in ADDRESSES if needs_of(each.view) is not Door.PUBLIC]
Sessions = dict[tuple[Role, bool], str]


def name_of(address: Address) -> str:
    return address.name


@pytest.fixture(scope="module")
def sessions(django_db_setup: None, django_db_blocker: Any) -> Iterator[Sessions]:
    """Of one person of each role, with a second factor and without: they stand for the file."""
    quick = override_settings(PASSWORD_HASHERS=QUICK_HASHERS)
    with quick, django_db_blocker.unblock(), transaction.atomic():
        people = [(role, staff(role, email=f"{role}-stands@staff.example")) for role in Role]
        yield {
            (role, factor): sign_in(Client(), person, second_factor=factor)
            .cookies[settings.SESSION_COOKIE_NAME]
            .value
            for role, person in people
            for factor in (True, False)
        }
        transaction.set_rollback(True)


def signed_in(client: Client, session: str) -> Client:
    """The client goes on with this session."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def leads_away(response: HttpResponse) -> bool:
    """Whether the guard sent somebody to sign in, or to set up a second factor."""
    away = (reverse("account_login"), reverse("console:second_factor"))
    return response.get("Location", "").startswith(away)


@pytest.mark.parametrize("address", BEHIND_THE_DOOR, ids=name_of)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_let_in_without_signing_in(client: Client, address: Address, method: str) -> None:
    response = getattr(client, method)(address.path)
    assert response.status_code == 303
    assert response["Location"].startswith(reverse("account_login"))
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", BEHIND_THE_DOOR, ids=name_of)
def test_an_address_opens_for_the_roles_that_hold_its_permission(
    client: Client, sessions: Sessions, address: Address, role: Role
) -> None:
    signed_in(client, sessions[role, True])
    needs = needs_of(address.view)
    response = client.get(address.path)
    assert response["Cache-Control"] == "no-store"
    if isinstance(needs, Permission) and needs not in ROLE_PERMISSIONS[role]:
        assert response.status_code == 403
        assert f"may not {needs.value}" in unescape(response.content.decode())
        assert "Ask somebody who may" in response.content.decode()
        assert client.post(address.path).status_code == 403
    else:
        assert response.status_code < 500
        assert response.status_code != 403
        assert not response.get("Location", "").startswith(reverse("account_login"))


# Whether somebody gives one is asked of the role, before the address: each of both is tried once.
@pytest.mark.parametrize(
    ("address", "role"),
    [
        *((address, Role.ADMINISTRATOR) for address in BEHIND_THE_DOOR),
        *(
            (BEHIND_THE_DOOR[0], role)
            for role in Role
            if role not in (Role.VIEWER, Role.ADMINISTRATOR)
        ),
    ],
    ids=lambda each: name_of(each) if isinstance(each, Address) else str(each),
)
def test_no_address_opens_without_the_second_factor_but_those_that_set_it_up(
    client: Client, sessions: Sessions, address: Address, role: Role
) -> None:
    signed_in(client, sessions[role, False])
    response = client.get(address.path)
    if needs_of(address.view) is Door.SET_UP:
        assert not leads_away(response)
    else:
        assert (response.status_code, response["Location"]) == (
            303,
            reverse("console:second_factor"),
        )


def test_a_viewer_is_let_in_without_a_second_factor(client: Client) -> None:
    sign_in(client, staff(Role.VIEWER), second_factor=False)
    assert client.get(reverse("console:start")).status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(client: Client) -> None:
    asked = client.get("/desk/?q=1")
    assert asked["Location"] == "/desk/sign-in/?next=%2Fdesk%2F%3Fq%3D1"


@pytest.mark.parametrize(
    "elsewhere", ["//x.example/desk/", "https://x.example/desk/", "/en/", "\\\\x"]
)
def test_nobody_is_led_away_from_the_desk(client: Client, elsewhere: str) -> None:
    person = staff(Role.VIEWER)
    signed_in = client.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": elsewhere}
    )
    assert signed_in["Location"] == reverse("console:start")


def test_a_form_without_the_token_of_its_page_is_refused() -> None:
    client = sign_in(Client(enforce_csrf_checks=True), staff(Role.VIEWER))
    refused = client.post(reverse("account_logout"))
    assert refused.status_code == 403
    assert "We did not take this" in refused.content.decode()
    assert client.get(reverse("console:start")).status_code == 200
