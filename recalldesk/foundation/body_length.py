"""How long a request says that its body is; no Django.

Guarantee: whatever a header holds, there is a number, or the word that it is none.
"""

from collections.abc import Mapping
from typing import Any

MOST_DIGITS = 18
"""More are no length of anything, and Python reads very many only unwillingly."""


def body_length(environ: Mapping[str, Any]) -> int | None:
    """The bytes that a WSGI request announces, 0 where it says nothing; None where that is no
    number.
    """
    said: str = environ.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS):
        return None
    return int(said)
