"""The short name of a notice on paper and on the telephone, such as N-0EPH-4.

Guarantees: it names one notice and nothing else of it; one character that was misread, or two that
were swapped, make it no reference at all.
"""

LETTERS = "0123456789ACDEFHJKLMNPQRTUVWXY"
"""Thirty. Without B, G, I, O, S and Z, which read like digits."""
MISREAD = str.maketrans("BGIOSZ", "861052")
SHORTEST = 4
CHECK = 31
"""A prime above the number of letters: so every single slip and every swap is seen."""
SIGNS = LETTERS + "Z"
"""Of the check, whose last value has a sign of its own. It stands at the end alone."""


def reference_of(number: int) -> str:
    """The reference of the notice with this number."""
    drawn = ""
    rest = number
    while rest:
        rest, place = divmod(rest, len(LETTERS))
        drawn = LETTERS[place] + drawn
    drawn = drawn.rjust(SHORTEST, LETTERS[0])
    return f"N-{drawn}-{_check(drawn)}"


def number_in(text: str) -> int | None:
    """The number that a reference names, however it is typed; None where it is none."""
    typed = "".join(each for each in text.upper() if each.isascii() and each.isalnum())
    if len(typed) < SHORTEST + 2 or typed[0] != "N":
        return None
    drawn, check = typed[1:-1].translate(MISREAD), typed[-1]
    if check not in SIGNS:
        check = check.translate(MISREAD)
    if any(each not in LETTERS for each in drawn) or len(drawn) > 13 or _check(drawn) != check:
        return None
    number = 0
    for each in drawn:
        number = number * len(LETTERS) + LETTERS.index(each)
    return number if number and reference_of(number) == f"N-{drawn}-{check}" else None


def _check(drawn: str) -> str:
    weighed = sum(
        (len(drawn) - place + 1) * (LETTERS.index(each) + 1) for place, each in enumerate(drawn)
    )
    return SIGNS[weighed % CHECK]
