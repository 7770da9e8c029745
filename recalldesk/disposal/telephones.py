"""The phone number of a site as an owner can call it."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
)

SHORT = 6
"""Numbers such as 311 are called as they are."""


def callable_number(text: str, country: str) -> str:
    """What follows `tel:`; nothing where the text is no number."""
    digits = "".join(each for each in text if each.isascii() and each.isdecimal())
    if 3 <= len(digits) <= SHORT and not any(each.isalpha() for each in text):
        return digits
    try:
        number = parse(text, country)
    except NumberParseException:
        return ""
    if not is_possible_number(number):
        return ""
    return format_number(number, PhoneNumberFormat.RFC3966).removeprefix("tel:")
