"""Where to reach an owner: e-mail addresses and phone numbers in one way of writing.

Guarantee: what is kept can be written to, or called from another country.
"""

from collections.abc import Sequence
from contextlib import suppress

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from recalldesk.claims.errors import FieldProblem, FieldsRefused

LONGEST_NAME = 120
LONGEST_EMAIL = 254


def normal_email(text: str) -> str:
    """An e-mail address, its domain in small letters. Raises FieldsRefused."""
    email = text.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise FieldsRefused({"email": FieldProblem.NOT_AN_EMAIL}) from error
    if len(email) > LONGEST_EMAIL:
        raise FieldsRefused({"email": FieldProblem.NOT_AN_EMAIL})
    name, _, domain = email.rpartition("@")
    return f"{name}@{domain.lower()}"


def email_for_lookup(email: str) -> str:
    """The form under which an address is found again: all in small letters."""
    return email.casefold()


def normal_phone(text: str, country: str) -> str:
    """A phone number as +12025550100; one without a country is taken to be of `country`.

    Raises FieldsRefused.
    """
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise FieldsRefused({"phone": FieldProblem.NOT_A_PHONE}) from error
    if not phonenumbers.is_possible_number(number):
        raise FieldsRefused({"phone": FieldProblem.NOT_A_PHONE})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_of_any(text: str, countries: Sequence[str]) -> str:
    """A phone number whose owner may live in any of these countries, as +12025550100.

    One without a country is of the first that gives such numbers out, else of the first in which it
    could be one. Raises FieldsRefused.
    """
    numbers: list[str] = []
    for country in countries or ("",):
        with suppress(FieldsRefused):
            numbers.append(normal_phone(text, country))
    if not numbers:
        raise FieldsRefused({"phone": FieldProblem.NOT_A_PHONE})
    return next((number for number in numbers if _is_given_out(number)), numbers[0])


def _is_given_out(e164: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(e164, None))


def shown_phone(e164: str) -> str:
    """The number as it is written in its country, with the country before it."""
    number = phonenumbers.parse(e164, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
