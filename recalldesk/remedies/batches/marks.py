"""The short name of a line at a warehouse or bank: ten characters and a check character.

Guarantees: it follows from the remedy's id, so that it is the same after a restore; one wrong
character is noticed; its ten characters hold no letter that is taken for a digit.
"""

import uuid

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 10
BITS = 5
LENGTH = CHARACTERS + 1


def mark_of(remedy_id: uuid.UUID, again: int = 0) -> str:
    """The mark of a remedy. `again`: how many of its marks others have already."""
    number = (remedy_id.int >> (BITS * again)) & ((1 << BITS * CHARACTERS) - 1)
    places = range(BITS * (CHARACTERS - 1), -1, -BITS)
    text = "".join(ALPHABET[number >> place & 31] for place in places)
    return text + str(mod_37_36.calc_check_digit(text))


def read_mark(text: str) -> str:
    """The mark that somebody wrote, with or without spaces and hyphens; "" where it is none."""
    bare = "".join(text.upper().replace("-", "").split())
    if len(bare) != LENGTH or not bare.isascii() or not bare.isalnum():
        return ""
    return bare if mod_37_36.is_valid(bare) else ""


def spaced(mark: str) -> str:
    """The mark for people: in groups of four."""
    return "-".join(mark[place : place + 4] for place in range(0, len(mark), 4))
