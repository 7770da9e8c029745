"""How a test signs somebody in at the desk without going through the pages for it; and the codes of
an authenticator app.
"""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.second_factor import note_given
from tests.cast import PASSWORD

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""Made up: of the authenticator app of whoever `with_app` gave one."""
PERIOD = 30


def staff(role: Role, *, name: str = "Rosa Reviewer", email: str = "") -> Staff:
    """A member of staff of this role, with the cast's password."""
    person = Staff(email=email or f"{role}@staff.example", name=name, role=role)
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, person: Staff, *, second_factor: bool = True) -> Client:
    """The client, signed in as this person; as if they had given their second factor, or not."""
    client.force_login(person)
    if second_factor:
        session = client.session
        note_given(session)
        session.save()
    return client


def with_app(person: Staff) -> Staff:
    """The person, with an authenticator app."""
    TOTP.activate(person, SECRET)
    return person


def code_of(secret: str = SECRET) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def wrong_code() -> str:
    """Six digits that it does not show now."""
    return f"{(int(code_of()) + 1) % 1_000_000:06}"


def factors_of(person: Staff) -> set[str]:
    """The kinds of second factors that the person has."""
    return set(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def main_of(response: HttpResponse) -> str:
    """The main part of a page."""
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found, response.status_code
    return found[0]
