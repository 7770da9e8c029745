"""What is shown of an owner to whoever need not see it all. Pure.

Guarantee: enough to tell two owners apart on one page, and not enough to reach one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.mailing.reads import masked

MOST_INITIALS = 3
DOTS = "•••"
SHOWN_OF_END = 3
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
        name=initials_of(name),
        email=masked(email),
        phone=masked(phone),
        place=", ".join(address[key] for key in SHOWN_OF_ADDRESS if address.get(key)),
        payee=payee.get("kind", ""),
    )


def initials_of(name: str) -> str:
    """The first letters of a name's words: "O. Q."; of many the first two and the last; empty for
    no name."""
    words = [word for word in name.split() if word[0].isalnum()]
    shown = words[: MOST_INITIALS - 1] + words[-1:] if len(words) > MOST_INITIALS else words
    return " ".join(f"{word[0].upper()}." for word in shown)


def masked_end(text: str) -> str:
    """The last characters of a serial or code, never half of it; empty stays empty."""
    shown = text[-SHOWN_OF_END:] if len(text) > 2 * SHOWN_OF_END else ""
    return f"{DOTS}{shown}" if text else ""
