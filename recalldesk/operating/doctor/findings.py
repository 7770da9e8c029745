"""A finding of the doctor: its id, what is wrong, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters."""

    WRONG = "wrong"
    """Something fails, or would be lost."""
    WATCH = "watch"
    """It works, and somebody should know."""


@dataclass(frozen=True)
class Finding:
    """One of them; docs/operating.md lists all ids."""

    id: str
    words: str
    hint: str
    level: Level = Level.WRONG
