"""The second factor of staff: who must give one, who has one, and whether this session gave it.

Guarantee: what a session has given stands in the session alone, on the server; it ends with it.
"""

from collections.abc import MutableMapping
from typing import Any

from allauth.mfa.models import Authenticator

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes are none by themselves: they stand in for one of these."""
GIVEN = "second_factor_given"
WITHOUT = frozenset({Role.VIEWER})
"""Who decides nothing, publishes nothing, and sees no owner's personal data, photos and serials
included."""


def must_give(person: Staff) -> bool:
    """Whether the person's role asks for a second factor."""
    return Role(person.role) not in WITHOUT


def has_second_factor(person: Staff) -> bool:
    """Whether the person has set one up."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def note_given(session: MutableMapping[str, Any]) -> None:
    """Notes that whoever this session belongs to has just given their second factor."""
    session[GIVEN] = True


def is_given(session: MutableMapping[str, Any]) -> bool:
    """Whether it was given in this session."""
    return session.get(GIVEN) is True
