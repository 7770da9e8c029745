"""Which number a text message goes to, from the number as a shop wrote it."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

NO_TEXTS = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)
"""Known not to take text messages. Where a plan does not say (as in North America), it is tried."""


def number_to_text(written: str, country: str) -> str:
    """The number in E.164; empty where it is none, or known to take no text messages."""
    try:
        number = phonenumbers.parse(written, country or None)
    except NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return ""  # also where its area is missing
    if phonenumbers.number_type(number) in NO_TEXTS:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
