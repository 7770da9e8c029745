"""What is shown of an owner to whoever need not see it all. Pure.

Guarantee: enough to tell two owners apart on one page, and not enough to reach one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.mailing.reads import masked

DOTS = "•••"
SHOWN_OF_ADDRESS = ("city", "country_area")


@dataclass(frozen=True)
class MaskedOwner:
    """An owner: initials, o•••@example.org, •••43, city and region."""

    name: str
    email: str
    phone: str
    place: str
    payee: str


def masked_owner(
    *,
    name: str,
    email: str,
    phone: str,
    address: Mapping[str, str],
    payee: Mapping[str, str],
) -> MaskedOwner:
    """The owner, masked; empty stays empty."""
    return MaskedOwner(
        name=masked_name(name),
        email=masked(email),
        phone=masked(phone),
        place=", ".join(address[key] for key in SHOWN_OF_ADDRESS if address.get(key)),
        payee=payee.get("kind", ""),
    )


def masked_name(name: str) -> str:
    """The initials of a name."""
    return " ".join(f"{word[0]}." for word in name.split())
