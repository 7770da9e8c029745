"""How people mistake a serial: characters taken for their look-alikes, and slips of four kinds."""

import random
from collections.abc import Callable, Sequence

from benchmarks.brute_force import Letters

TYPED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHARES = (0.0, 0.15, 0.5, 1.0)
"""How many of the characters that can be confused are: none, some, half, all."""


def _replaced(typed: list[str], draw: random.Random) -> None:
    typed[draw.randrange(len(typed))] = draw.choice(TYPED)


def _left_out(typed: list[str], draw: random.Random) -> None:
    del typed[draw.randrange(len(typed))]


def _too_many(typed: list[str], draw: random.Random) -> None:
    typed.insert(draw.randrange(len(typed) + 1), draw.choice(TYPED))


def _swapped(typed: list[str], draw: random.Random) -> None:
    place = draw.randrange(len(typed) - 1)
    typed[place], typed[place + 1] = typed[place + 1], typed[place]


Slip = Callable[[list[str], random.Random], None]
SLIPS: dict[str, Slip] = {
    "one character replaced": _replaced,
    "one left out": _left_out,
    "one too many": _too_many,
    "two neighbours swapped": _swapped,
}


def mistaken(serial: str, letters: Letters, draw: random.Random, slips: Sequence[Slip]) -> str:
    """The serial with any mixture of confusions, then these slips."""
    share = draw.choice(SHARES)
    typed = [draw.choice(letters.alike(c)) if draw.random() < share else c for c in serial]
    for slip in slips:
        slip(typed, draw)
    return "".join(typed)


def any_slips(count: int, draw: random.Random) -> list[Slip]:
    """So many slips, of kinds drawn."""
    return draw.choices(list(SLIPS.values()), k=count)
