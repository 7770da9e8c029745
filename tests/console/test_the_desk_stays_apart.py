"""Owners' pages set no cookie and depend on none; the cookies of the desk go nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.permissions import Role
from recalldesk.config import settings as wired
from tests.at_the_desk import sign_in, staff
from tests.cast import PASSWORD
from tests.contracts.security import ADDRESSES
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall", "quick_passwords")]


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_owners_page_sets_no_cookie_and_depends_on_none(client: Client, name: str) -> None:
    sign_in(client, staff(Role.REVIEWER))
    answer = client.get(ADDRESSES[name])
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


def test_an_owners_page_is_the_same_for_staff(client: Client) -> None:
    before = client.get("/en/")
    sign_in(client, staff(Role.ADMINISTRATOR))
    after = client.get("/en/")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert "public" in after["Cache-Control"]


def test_the_cookies_of_the_desk_go_to_the_desk_alone(client: Client) -> None:
    client.get(reverse("account_login"))
    person = staff(Role.VIEWER)
    typed = {"login": person.email, "password": PASSWORD}
    signed_in = client.post(reverse("account_login"), typed)
    assert set(signed_in.cookies) == {"desk_session", "desk_form"}
    for cookie in signed_in.cookies.values():
        assert cookie["path"] == "/desk/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert int(signed_in.cookies["desk_session"]["max-age"]) <= 12 * 3600


def test_in_production_they_go_over_tls_alone() -> None:
    # The suite itself is no production; the setting follows the profile.
    assert wired.SESSION_COOKIE_SECURE is wired.CSRF_COOKIE_SECURE is wired.IS_PRODUCTION
