"""Names of filings, and codes that owners write.

Guarantees: all are drawn from the system's own random source; a reference has no characters that
look alike, and is read whatever case, spaces and dashes it is typed with.
"""

import secrets

REFERENCE_LETTERS = "23456789ACDEFGHJKLMNPQRTUVWXYZ"
"""Without 0 O, 1 I, 5 S and 8 B beside each other, as far as one of each pair can go."""
MISREAD = str.maketrans("SB", "58")
"""Letters that no reference has, and what whoever types one saw."""
REFERENCE_LENGTH = 8
KEY_BYTES = 9


def new_reference() -> str:
    """A reference such as R-7QK4-M2XT, one of 650 billion."""
    drawn = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
    return f"R-{drawn[:4]}-{drawn[4:]}"


def reference_in(text: str) -> str:
    """The reference that a text is, as it is written; empty where it is none."""
    drawn = "".join(character for character in text.upper() if character.isalnum())
    drawn = drawn.removeprefix("R") if len(drawn) == REFERENCE_LENGTH + 1 else drawn
    drawn = drawn.translate(MISREAD)
    if len(drawn) != REFERENCE_LENGTH or any(c not in REFERENCE_LETTERS for c in drawn):
        return ""
    return f"R-{drawn[:4]}-{drawn[4:]}"


def new_key() -> str:
    """What stands in a filing's addresses: 12 characters of 72 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_marking_code() -> str:
    """Eight digits as 4829-1375, never with a zero in front: it reads like an O by hand."""
    digits = str(secrets.randbelow(90_000_000) + 10_000_000)
    return f"{digits[:4]}-{digits[4:]}"
