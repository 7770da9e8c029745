"""A gift code as it is kept, and as it is found again.

Guarantee: a code written with other spaces or dashes is the same code; capital and small letters
are told apart, since some firms' tills do.
"""

import re

from recalldesk.remedies.models import GiftCode
from recalldesk.sealing.fields_of_rows import digest

BETWEEN = re.compile(r"[\s-]+")


def code_digest(code: str) -> bytes:
    """The keyed digest (32 bytes) of a code."""
    return digest(GiftCode, "digest", BETWEEN.sub("", code))
