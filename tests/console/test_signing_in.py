"""Signing in: by password and code, with recovery codes, and what guessing meets."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from tests.at_the_desk import PERIOD, code_of, main_of, staff, with_app, wrong_code
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
START = "/desk/"
NEW_PASSWORD = "another-made-up-password"


@pytest.fixture
def reviewer() -> Staff:
    return with_app(staff(Role.REVIEWER))


def by_password(client: Client, person: Staff, password: str = PASSWORD) -> HttpResponse:
    typed = {"login": person.email, "password": password}
    return client.post(reverse("account_login"), typed)


def by_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_password_then_code_then_the_page_that_was_asked_for(
    client: Client, reviewer: Staff
) -> None:
    asked = client.get("/desk/account/")
    assert "Sign in to the desk" in main_of(client.get(asked["Location"]))
    typed = {"login": reviewer.email.upper(), "password": PASSWORD, "next": "/desk/account/"}
    first = client.post(reverse("account_login"), typed)
    assert first["Location"] == reverse("mfa_authenticate")
    assert client.get(START).status_code == 303, "the password alone opens nothing"
    second = by_code(client, code_of())
    assert second["Location"] == "/desk/account/"
    assert client.get(START).status_code == 200
    out = client.post(reverse("account_logout"))
    assert out["Location"] == reverse("account_login")
    assert client.get(START).status_code == 303


def test_a_wrong_code_opens_nothing(client: Client, reviewer: Staff) -> None:
    by_password(client, reviewer)
    assert "This code is not right" in main_of(by_code(client, wrong_code()))
    assert client.get(START).status_code == 303


def test_a_code_that_was_used_is_not_taken_again(client: Client, reviewer: Staff) -> None:
    with time_machine.travel(time.time() // PERIOD * PERIOD + 1, tick=False):
        by_password(client, reviewer)
        assert by_code(client, code_of()).status_code == 302
        other = Client()
        by_password(other, reviewer)
        assert "was used before" in main_of(by_code(other, code_of()))


def test_a_recovery_code_stands_in_once(client: Client, reviewer: Staff) -> None:
    code = RecoveryCodes.activate(reviewer).generate_codes()[3]
    by_password(client, reviewer)
    assert by_code(client, code).status_code == 302
    assert client.get(START).status_code == 200
    other = Client()
    by_password(other, reviewer)
    assert "This code is not right" in main_of(by_code(other, code))


def test_a_stranger_and_a_wrong_password_are_told_the_same(client: Client, reviewer: Staff) -> None:
    wrong = by_password(client, reviewer, "wrong-kettle-battery")
    stranger = client.post(
        reverse("account_login"), {"login": "nobody@staff.example", "password": PASSWORD}
    )
    said = "The address or the password is not right."
    assert said in main_of(wrong)
    assert said in main_of(stranger)


def test_who_has_left_or_is_only_invited_is_not_signed_in(client: Client, reviewer: Staff) -> None:
    reviewer.is_active = False
    reviewer.save()
    assert by_password(client, reviewer)["Location"] == reverse("account_inactive")
    assert "Your account at the desk is closed" in main_of(client.get(reverse("account_inactive")))
    assert client.get(START).status_code == 303


def test_guessing_a_password_is_stopped_for_all_web_processes(
    client: Client, reviewer: Staff
) -> None:
    for _ in range(5):
        by_password(client, reviewer, "wrong-kettle-battery")
    assert "Too many tries" in main_of(by_password(client, reviewer))
    assert client.get(START).status_code == 303
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert by_password(client, reviewer)["Location"] == reverse("mfa_authenticate")


def test_guessing_a_code_is_stopped(client: Client, reviewer: Staff) -> None:
    by_password(client, reviewer)
    for _ in range(5):
        by_code(client, wrong_code())
    assert "Too many tries" in main_of(by_code(client, code_of()))


def test_one_network_tries_so_many_times_a_minute(client: Client) -> None:
    answers = [client.get(reverse("account_login")).status_code for _ in range(31)]
    assert answers[:30] == [200] * 30 or 429 in answers
    posted = [
        client.post(reverse("account_login"), {"login": f"{n}@x.example", "password": "x"})
        for n in range(31)
    ]
    assert 429 in answers + [each.status_code for each in posted]
    last = posted[-1]
    assert "Too many tries" in main_of(last)
    assert last["Cache-Control"] == "no-store"


def test_the_session_ends_after_twelve_hours_whatever_happens_in_it(
    client: Client, reviewer: Staff
) -> None:
    signed_in_at = clock.now()
    by_password(client, reviewer)
    by_code(client, code_of())
    with time_machine.travel(signed_in_at + timedelta(hours=11, minutes=59)):
        assert client.get(START).status_code == 200
        session = client.session
        session["touched"] = True
        session.save()
    with time_machine.travel(signed_in_at + timedelta(hours=12, minutes=1)):
        assert client.get(START).status_code == 303


def test_signing_in_gives_another_session(client: Client, reviewer: Staff) -> None:
    by_password(client, reviewer)
    before = client.session.session_key
    by_code(client, code_of())
    assert client.session.session_key != before


def link_of(mailing: Mailing) -> str:
    text = content_of(mailing).text
    return "/desk/" + text.partition("/desk/")[2].split()[0]


def test_a_forgotten_password_is_chosen_anew_by_mail_and_the_second_factor_stays(
    client: Client, reviewer: Staff
) -> None:
    sent = client.post(reverse("account_reset_password"), {"email": reviewer.email})
    assert sent["Location"] == reverse("account_reset_password_done")
    mailing = Mailing.objects.get(purpose=Purpose.STAFF_ACCOUNT)
    assert recipient_of(mailing) == reviewer.email
    form = client.get(link_of(mailing))
    assert form.status_code == 302, "the key leaves the address bar"
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(form["Location"], typed)
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert client.get(START).status_code == 303
    assert "does not open anything" in main_of(Client().get(link_of(mailing)))
    first = by_password(client, reviewer, NEW_PASSWORD)
    assert first["Location"] == reverse("mfa_authenticate")
    assert not EmailAddress.objects.exists(), "an address stands with its person alone"
    told = Mailing.objects.filter(purpose=Purpose.STAFF_ACCOUNT).latest("pk")
    assert "was reset by a mailed link" in content_of(told).text


def test_asking_for_a_password_tells_nothing_and_writes_to_no_stranger(client: Client) -> None:
    person = staff(Role.VIEWER)
    for email in (person.email, "nobody@staff.example"):
        sent = client.post(reverse("account_reset_password"), {"email": email})
        assert sent["Location"] == reverse("account_reset_password_done")
    assert Mailing.objects.count() == 1
