"""How a test signs somebody in at the desk without going through the pages for it."""

from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.second_factor import note_given
from tests.cast import PASSWORD


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
