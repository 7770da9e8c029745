"""An entry of the corpus: a file made up by code, and what must become of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GOOD = [f"AB{number:06d}" for number in range(500)]


@dataclass(frozen=True)
class Counts:
    """The lines of a file that is taken."""

    lines: int
    heading: int = 1
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    blank: int = 0
    continued: int = 0


@dataclass(frozen=True)
class Hostile:
    """`content` is the file, or makes something at a path that is no ordinary file.

    `becomes` are the counts of a file that is taken, or words of its refusal.
    """

    name: str
    content: bytes | Callable[[Path], None]
    becomes: Counts | str


def lines(*wrong: str, heading: str = "serial", end: str = "\n", row: str = "{}") -> str:
    """Good rows with wrong lines scattered among them, always at the same places."""
    draw = random.Random(len(wrong))
    made = [row.format(serial) for serial in GOOD]
    for line in wrong:
        made.insert(draw.randrange(len(made)), line)
    return end.join([heading, *made, ""])


def good(lines: int = 1, **others: int) -> Counts:
    """All good rows are taken; `lines` more of the file are something else."""
    return Counts(lines=len(GOOD) + lines, accepted=len(GOOD), **others)
