"""The numbers that shops scan: UPC, EAN and GTIN, all of one family.

Guarantee: what is taken for such a number has the length of one and a check digit that is right.
"""

import re

from stdnum import ean

DIGITS = {"upc": (12,), "ean": (8, 13), "gtin": (8, 12, 13, 14)}
"""How many digits a number of each kind has."""


def gtin_14(text: str) -> str:
    """The number as fourteen digits, or nothing where the text is none."""
    number = re.sub(r"[ -]", "", text)
    is_whole = number.isascii() and number.isdigit() and ean.is_valid(number)
    return number.zfill(14) if is_whole else ""


def wrong_in(kind: str, text: str) -> str:
    """What is wrong with a number of a kind, as the end of a sentence; nothing where it is right
    or of another kind."""
    lengths = DIGITS.get(kind)
    if lengths is None:
        return ""
    number = re.sub(r"[ -]", "", text)
    if not (number.isascii() and number.isdigit() and len(number) in lengths):
        return f"{text!r} is no {kind}: it has {' or '.join(map(str, lengths))} digits"
    return "" if gtin_14(number) else f"{text!r} has a wrong check digit: read it off the box again"
