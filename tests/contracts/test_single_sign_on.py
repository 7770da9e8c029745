"""Single sign-on, against a real OpenID provider on this machine.

Only who is staff or invited, by an address that the provider calls verified, is let in.
"""

import warnings
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from recalldesk.accounts.invitations import invite
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.staff_changes import let_leave
from recalldesk.config.environment import Environment
from recalldesk.config.provider import firms_provider
from tests.at_the_desk import code_of, main_of, staff, with_app
from tests.cast import PASSWORD
from tests.dumped import dump_of_the_database, traces_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("index_folder", "quick_passwords", "provider"),
    # The provider answers in a thread of this process, and its libraries warn of one another.
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]
ROSA, NIA = "rosa@staff.example", "nia@staff.example"
VERIFIED = {"email_verified": True}
ACCOUNTS: dict[str, dict[str, object]] = {
    "rosa-1": {"email": ROSA.upper(), "name": "R. Claim", **VERIFIED},
    "rosa-2": {"email": ROSA, **VERIFIED},
    "rosa-unverified": {"email": ROSA, "email_verified": False},
    "rosa-untrue": {"email": ROSA, "email_verified": "true"},
    "rosa-unsaid": {"email": ROSA},
    "no-address": {},
    "nia-1": {"email": NIA, **VERIFIED},
    "stranger": {"email": "stranger@else.example", **VERIFIED},
}
START = "/desk/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    # Libraries of the provider warn of their own new names.
    with warnings.catch_warnings(record=True):
        from oidc_provider_mock import User, run_server_in_thread

        accounts = [User(sub=sub, claims=claims) for sub, claims in ACCOUNTS.items()]
        with run_server_in_thread(user_claims=accounts) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(issuer: str, settings: Settings) -> None:
    """The settings, as the environment would give them."""
    environment = Environment(
        oidc_issuer=issuer,
        oidc_client_id="recall-desk",
        oidc_client_secret="made-up",
        oidc_name="Example login",
    )
    settings.OIDC_NAME = environment.oidc_name
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": firms_provider(environment), "OAUTH_PKCE_ENABLED": True}
    }


@pytest.fixture
def rosa() -> Staff:
    return staff(Role.REVIEWER, email=ROSA)


def to_provider(client: Client, next_page: str = "") -> str:
    """Presses the button; returns where the page leads on to."""
    address = reverse("openid_connect_login", args=["firm"])
    page = client.post(f"{address}?next={next_page}" if next_page else address)
    text = page.content.decode()
    return unescape(text.partition('class="button" href="')[2].partition('"')[0])


def back(address: str, account: str, **form: str) -> str:
    """Signs in at the provider as one of its accounts; returns where it sends the browser."""
    answer = requests.post(
        address, data={"sub": account, **form}, allow_redirects=False, timeout=10
    )
    return answer.headers["Location"].partition("//testserver")[2]


def sign_in(client: Client, account: str, next_page: str = "") -> Any:
    """The answer to whoever comes back from the provider."""
    return client.get(back(to_provider(client, next_page), account))


def test_the_page_offers_it_and_leads_on_with_state_and_proof(client: Client) -> None:
    assert "Sign in with Example login" in main_of(client.get(reverse("account_login")))
    asked = parse_qs(urlsplit(to_provider(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "code_challenge"} <= asked.keys()
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_without_a_provider_nothing_is_offered(client: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Example login" not in main_of(client.get(reverse("account_login")))
    address = reverse("openid_connect_login", args=["firm"])
    assert client.post(address).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["firm"])).status_code == 404


def test_a_member_of_staff_signs_in_and_gives_a_second_factor(client: Client, rosa: Staff) -> None:
    with_app(rosa)
    first = sign_in(client, "rosa-1", "/desk/account/")
    assert first["Location"] == reverse("mfa_authenticate")
    assert client.get(START).status_code == 303
    second = client.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert second["Location"] == "/desk/account/"
    assert client.get(START).status_code == 200


def test_who_has_no_second_factor_sets_one_up(client: Client, rosa: Staff) -> None:
    assert sign_in(client, "rosa-1").status_code == 302
    assert client.get(START)["Location"] == reverse("console:second_factor")


@pytest.mark.parametrize("has_one", [False, True])
def test_none_is_asked_where_the_provider_proves_one(
    client: Client, rosa: Staff, settings: Settings, has_one: bool
) -> None:
    settings.OIDC_PROVES_SECOND_FACTOR = True
    if has_one:
        with_app(rosa)
    assert sign_in(client, "rosa-1").status_code == 302
    assert client.get(START).status_code == 200


def test_a_password_is_no_second_factor_there_either(
    client: Client, rosa: Staff, settings: Settings
) -> None:
    settings.OIDC_PROVES_SECOND_FACTOR = True
    with_app(rosa)
    typed = {"login": ROSA, "password": PASSWORD}
    first = client.post(reverse("account_login"), typed)
    assert first["Location"] == reverse("mfa_authenticate")
    assert client.get(START).status_code == 303


def test_of_what_the_provider_tells_its_number_alone_is_kept(client: Client, rosa: Staff) -> None:
    sign_in(client, "rosa-1")
    sign_in(Client(), "rosa-1")
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (rosa, "rosa-1", {})
    assert not SocialToken.objects.exists()
    assert traces_of("R. Claim", dump_of_the_database()) == []


@pytest.mark.parametrize("account", ["rosa-unverified", "rosa-untrue", "rosa-unsaid", "no-address"])
def test_an_address_that_is_not_verified_lets_nobody_in(
    client: Client, rosa: Staff, account: str
) -> None:
    answer = sign_in(client, account)
    assert answer.status_code == 403
    assert client.get(START).status_code == 303
    assert not SocialAccount.objects.exists()


def test_nobody_becomes_staff_by_signing_in(client: Client, rosa: Staff) -> None:
    answer = sign_in(client, "stranger")
    assert answer.status_code == 403
    assert "Ask an administrator of the desk to invite it" in main_of(answer)
    assert list(Staff.objects.all()) == [rosa]
    assert not SocialAccount.objects.exists()


def test_who_is_invited_takes_the_invitation_by_it(client: Client) -> None:
    made = invite(email=NIA, name="Nia New", role=Role.AUDITOR, by=None)
    assert sign_in(client, "nia-1").status_code == 302
    person = Staff.objects.get(email=NIA)
    assert (person.is_active, person.role) == (True, Role.AUDITOR)
    assert not person.has_usable_password()
    made.row.refresh_from_db()
    assert made.row.used_at is not None
    assert client.get(START)["Location"] == reverse("console:second_factor")


def test_who_has_left_is_told_what_a_stranger_is(client: Client, rosa: Staff) -> None:
    sign_in(Client(), "rosa-1")
    let_leave(email=ROSA, by=staff(Role.ADMINISTRATOR))
    left, stranger = sign_in(client, "rosa-1"), sign_in(Client(), "stranger")
    assert left.status_code == stranger.status_code == 403
    assert main_of(left) == main_of(stranger)
    assert client.get(START).status_code == 303


def test_another_account_with_the_same_address_is_not_the_same_person(
    client: Client, rosa: Staff
) -> None:
    sign_in(Client(), "rosa-1")
    answer = sign_in(client, "rosa-2")
    assert answer.status_code == 403
    assert "another account" in main_of(answer)
    assert SocialAccount.objects.get().uid == "rosa-1"


def test_an_account_is_tied_to_nobody_who_is_signed_in(client: Client, rosa: Staff) -> None:
    viewer = staff(Role.VIEWER)
    client.force_login(viewer)
    address = reverse("openid_connect_login", args=["firm"]) + "?process=connect"
    page = client.post(address).content.decode()
    on = unescape(page.partition('class="button" href="')[2].partition('"')[0])
    assert client.get(back(on, "rosa-1")).status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, rosa: Staff) -> None:
    answered = back(to_provider(client), "rosa-1")
    refused = Client().get(answered)
    assert refused.status_code == 401
    assert "did not answer as it should" in main_of(refused)
    assert client.get(answered.replace("state=", "state=x")).status_code == 401
    assert client.get(START).status_code == 303


def test_who_turns_back_at_the_provider_is_told_so(client: Client) -> None:
    denied = back(to_provider(client), "rosa-1", action="deny")
    answer = client.get(denied)
    assert answer.status_code == 401
    assert "you turned back there" in main_of(answer)


def test_a_provider_that_is_away_is_said_so(client: Client, settings: Settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:1"
    answer = client.post(reverse("openid_connect_login", args=["firm"]))
    assert answer.status_code >= 401
    assert "did not answer as it should" in main_of(answer)
    assert "Sign in with Example login" in main_of(client.get(reverse("account_login")))
