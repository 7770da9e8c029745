"""Whose role changes, who leaves or changes their password is signed in nowhere else any more."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.staff_changes import change_role, forget_second_factor, let_leave
from tests.at_the_desk import SECRET, code_of, main_of, sign_in, staff, with_app
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
START = "/desk/"
Act = Callable[[str, Staff], object]
ACTS: dict[str, Act] = {
    "another role": lambda email, by: change_role(email=email, role=Role.AUDITOR, by=by),
    "leaving": lambda email, by: let_leave(email=email, by=by),
    "a forgotten factor": lambda email, by: forget_second_factor(email=email, by=by),
}


@pytest.fixture
def reviewer(client: Client) -> Staff:
    """Signed in twice: as `client`, and in another browser."""
    person = with_app(staff(Role.REVIEWER))
    sign_in(client, person)
    return person


@pytest.fixture
def other(reviewer: Staff) -> Client:
    return sign_in(Client(), reviewer)


@pytest.mark.parametrize("name", ACTS)
def test_an_administrators_act_ends_every_session(
    client: Client, other: Client, reviewer: Staff, name: str
) -> None:
    assert (client.get(START).status_code, other.get(START).status_code) == (200, 200)
    ACTS[name](reviewer.email, staff(Role.ADMINISTRATOR))
    assert (client.get(START).status_code, other.get(START).status_code) == (303, 303)


def test_who_comes_back_is_not_let_in_by_a_session_from_before(
    client: Client, reviewer: Staff
) -> None:
    let_leave(email=reviewer.email, by=staff(Role.ADMINISTRATOR))
    Staff.objects.filter(pk=reviewer.pk).update(is_active=True)
    assert client.get(START).status_code == 303


def test_a_changed_password_ends_the_other_sessions(
    client: Client, other: Client, reviewer: Staff
) -> None:
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD * 2, "password2": PASSWORD * 2}
    assert client.post(reverse("account_change_password"), typed).status_code == 302
    assert (client.get(START).status_code, other.get(START).status_code) == (200, 303)


def test_the_first_second_factor_ends_the_other_sessions(client: Client) -> None:
    viewer = staff(Role.VIEWER)
    other = sign_in(Client(), viewer, second_factor=False)
    client.post(reverse("account_login"), {"login": viewer.email, "password": PASSWORD})
    page = main_of(client.get(reverse("mfa_activate_totp")))
    secret = page.partition('class="key">')[2].partition("<")[0]
    assert secret != SECRET
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert (client.get(START).status_code, other.get(START).status_code) == (200, 303)


def test_who_has_a_second_factor_cannot_set_up_another_with_the_password_alone(
    client: Client,
) -> None:
    person = with_app(staff(Role.REVIEWER))
    sign_in(client, person, second_factor=False)
    for name in ("mfa_add_webauthn", "mfa_activate_totp", "console:second_factor"):
        answer = client.get(reverse(name))
        assert answer["Location"].startswith(reverse("account_login")), name


def test_a_form_sent_too_late_leads_back_to_its_page_and_says_that_it_was_not_taken(
    client: Client,
) -> None:
    page = "http://testserver/desk/claims/R-2345-ACDE/1/?list=appeal"
    late = client.post("/desk/claims/R-2345-ACDE/1/decide/", {"do": "decline"}, HTTP_REFERER=page)
    assert late.status_code == 303
    sign_in_page = client.get(late["Location"])
    said = main_of(sign_in_page)
    assert "what you sent was not taken" in said
    assert 'name="next" value="/desk/claims/R-2345-ACDE/1/?list=appeal"' in said


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/desk/", "http://testserver/en/"])
def test_no_other_site_says_where_one_comes_back_to(client: Client, page: str) -> None:
    late = client.post("/desk/claims/R-2345-ACDE/1/decide/", HTTP_REFERER=page)
    assert "next" not in late["Location"]
