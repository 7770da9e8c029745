"""One serial out of a range, or of a pattern, by chance. Pure."""

import random

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import expand, matches

DIGITS = "0123456789"


def in_range(start: str, end: str, counting: str, alphabet: str, draw: random.Random) -> str:
    """One from start to end, counted by digits or over the alphabet."""
    shared = 0
    while shared < min(len(start), len(end)) and start[shared] == end[shared]:
        shared += 1
    first, last = start[shared:], end[shared:]
    symbols = DIGITS if counting == "digits" else alphabet
    if len(first) != len(last) or not set(first + last) <= set(symbols):
        return start
    number = draw.randint(_number(first, symbols), _number(last, symbols))
    return start[:shared] + _written(number, len(first), symbols)


def in_pattern(pattern: str, form: SerialForm, draw: random.Random) -> str:
    """One that the pattern covers."""
    return "".join(draw.choice(sorted(place)) for place in draw.choice(_shapes(pattern, form)))


def is_within(serial: str, *, start: str, end: str) -> bool:
    """Whether a range covers it: alphabets are in the order of their code points."""
    return len(serial) == len(start) and start <= serial <= end


def matches_pattern(serial: str, *, pattern: str, form: SerialForm) -> bool:
    """Whether a pattern covers it."""
    return any(matches(shape, serial) for shape in _shapes(pattern, form))


def _shapes(pattern: str, form: SerialForm) -> tuple[tuple[frozenset[str], ...], ...]:
    return expand(pattern, alphabet=form.alphabet, shortest=form.shortest, longest=form.longest)


def _number(text: str, symbols: str) -> int:
    number = 0
    for character in text:
        number = number * len(symbols) + symbols.index(character)
    return number


def _written(number: int, width: int, symbols: str) -> str:
    characters: list[str] = []
    for _ in range(width):
        number, digit = divmod(number, len(symbols))
        characters.append(symbols[digit])
    return "".join(reversed(characters))
