"""A record in normal forms: read once, compared often.

Guarantee: what is shared by everybody (a shop's alias, a number of zeros, a street without a
place) is no part of a profile.
"""

import re
from dataclasses import dataclass

from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.matching.people.names import Name, name_of
from recalldesk.matching.people.records import PersonRecord

ALIAS = re.compile(r"@marketplace\.amazon\.|@members\.ebay\.|@relay\.walmart\.", re.IGNORECASE)
"""Known wherever they stand, also where whoever read the file did not see it."""
NOT_DIGITS = re.compile(r"\D+")
SHORTEST_PHONE, PHONE_DIGITS = 7, 10
COUNTED_UP = "0123456789012345678909876543210"


@dataclass(slots=True)
class Profile:
    """Empty texts where a record says nothing. `house`, `flat`: as `address_form` has them, country
    and postal code, or town, before the line; `crowded`: bits of what many names share."""

    id: int
    name: Name
    email: str
    phone: str
    flat: str
    house: str
    crowded: int = 0


def profile_of(record: PersonRecord) -> Profile:
    """What a record says, in normal forms."""
    is_alias = record.is_alias or ALIAS.search(record.email) is not None
    flat, house = _address(record)
    return Profile(
        id=record.id,
        name=name_of(record.name),
        email="" if is_alias else email_form(record.email),
        phone=phone_form(record.phone),
        flat=flat,
        house=house,
    )


def phone_form(phone: str) -> str:
    """The last ten digits, so that a number with its country's code is the one without; empty for
    what is no number."""
    digits = NOT_DIGITS.sub("", phone).lstrip("0")[-PHONE_DIGITS:]
    if len(digits) < SHORTEST_PHONE or len(set(digits)) == 1 or digits in COUNTED_UP:
        return ""
    return digits


def _address(record: PersonRecord) -> tuple[str, str]:
    """The forms of flat and house; empty without a place, or without a street in it."""
    form = address_form(record.address) if record.address.get("street_address") else None
    if form is None or not form.house:
        return "", ""
    _, place, line = form.house.split(" ", 2)
    is_somewhere = any(each.isalnum() for each in place) and line.strip()
    return (form.flat, form.house) if is_somewhere else ("", "")
