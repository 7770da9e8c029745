"""How near a text that was read comes to one that is known: pure.

Guarantees: 1 for the same text; a character read as one of those that handwriting makes of it costs
little, any other a whole one; what stands around the text in the line costs nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

WHOLE = 1.0
MISSING, TOO_MANY = 1.0, 0.9
LETTER_FOR_DIGIT = 0.15
"""A letter that a digit is read as can mean no other digit of the code."""
MADE_OF: Mapping[str, str] = {
    "0": "OQDCU",
    "1": "ILJT|/!",
    "2": "Z",
    "3": "ZB",
    "4": "AHUYL",
    "5": "SJ",
    "6": "GBL",
    "7": "TFIZY1",
    "8": "BS&",
    "9": "GQPY",
    "A": "4HR",
    "C": "G(<OE",
    "D": "OBP0",
    "E": "FCL6",
    "I": "1LJT|!",
    "L": "I1U",
    "R": "PKA",
}
"""Letters, and signs, that handwriting makes of a character."""
DIGITS_ALIKE = frozenset({"17", "71", "49", "94", "56", "65", "38", "83", "06", "60", "27", "72"})
DIGIT_FOR_DIGIT = 0.6


@lru_cache(maxsize=10_000)
def cost(wanted: str, read: str) -> float:
    """Of reading one character as another."""
    if wanted == read:
        return 0.0
    if read in MADE_OF.get(wanted, ""):
        return DIGIT_FOR_DIGIT if read.isdigit() and wanted.isdigit() else LETTER_FOR_DIGIT
    if wanted + read in DIGITS_ALIKE:
        return DIGIT_FOR_DIGIT
    return WHOLE


def nearness(wanted: str, read: str) -> float:
    """From 0 to 1: how near the best part of `read` comes to `wanted`."""
    if not wanted:
        return 0.0
    return max(0.0, 1 - least_cost(wanted, read) / len(wanted))


def least_cost(wanted: str, read: str) -> float:
    """The least cost of finding `wanted` in `read`; it may begin and end anywhere."""
    row: Sequence[float] = [0.0] * (len(read) + 1)
    for character in wanted:
        following = [row[0] + MISSING]
        for place, other in enumerate(read):
            following.append(
                min(
                    row[place] + cost(character, other),
                    row[place + 1] + MISSING,
                    following[place] + TOO_MANY,
                )
            )
        row = following
    return min(row)
