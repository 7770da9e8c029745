"""The text of a range: whether its units can be counted, how many they are, and what may be meant.

Guarantees: nothing is guessed. A range that cannot be counted in the stated way has no count, and
a suggestion is only ever shown to a person.
"""

from enum import StrEnum

from recalldesk.units.errors import RangeNotCountable

MOST_SUGGESTED = 5


class Counting(StrEnum):
    """How the serials of a range follow one another."""

    DIGITS = "digits"
    ALPHABET = "alphabet"


def differing_parts(start: str, end: str) -> tuple[str, str]:
    """Both ends from the first place on in which they differ; both empty for equal ends."""
    for place, (first, last) in enumerate(zip(start, end, strict=False)):
        if first != last:
            return start[place:], end[place:]
    shared = min(len(start), len(end))
    return start[shared:], end[shared:]


def is_countable(start: str, end: str, counting: Counting, alphabet: str) -> bool:
    """Whether two ends of equal length can be counted from one to the other."""
    parts = "".join(differing_parts(start, end))
    if counting is Counting.DIGITS:
        return all(character in "0123456789" for character in parts)
    return all(character in alphabet for character in parts)


def units_in_range(start: str, end: str, counting: Counting, alphabet: str) -> int:
    """How many serials lie from start to end, both included. Raises `RangeNotCountable`."""
    if len(start) != len(end) or not is_countable(start, end, counting, alphabet):
        raise RangeNotCountable(
            f"The range {start} to {end} cannot be counted by {counting}.",
            "Give ends of equal length that differ only in characters which count on.",
        )
    first, last = differing_parts(start, end)
    symbols = "0123456789" if counting is Counting.DIGITS else alphabet
    return _ordinal(last, symbols) - _ordinal(first, symbols) + 1


def suggest(start: str, end: str) -> str:
    """A sentence for the person who wrote a range with ends of unequal length."""
    stem = start[: len(start) - len(_last_digits(start))]
    first, last = start[len(stem) :], end[len(stem) :]
    counts_on = (
        bool(first)
        and end.startswith(stem)
        and last.isascii()
        and last.isdecimal()
        and not last.startswith("0")
        and 0 < len(last) - len(first) < MOST_SUGGESTED
    )
    if not counts_on:
        return f"{start} to {end}: write the range again, with two ends of equal length"
    pieces = [f"{stem}{low}-{stem}{high}" for low, high in _split(first, last)]
    listed = f"{', '.join(pieces[:-1])} and {pieces[-1]}"
    number = {2: "two", 3: "three", 4: "four", 5: "five"}[len(pieces)]
    return f"{start} to {end}: if the number counts on, write {number} ranges, {listed}"


def _split(first: str, last: str) -> list[tuple[str, str]]:
    between = range(len(first) + 1, len(last))
    return [
        (first, "9" * len(first)),
        *(("1" + "0" * (length - 1), "9" * length) for length in between),
        ("1" + "0" * (len(last) - 1), last),
    ]


def _last_digits(text: str) -> str:
    return text[len(text.rstrip("0123456789")) :]


def _ordinal(text: str, symbols: str) -> int:
    total = 0
    for character in text:
        total = total * len(symbols) + symbols.index(character)
    return total
