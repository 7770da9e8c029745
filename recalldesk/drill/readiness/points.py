"""A point of a readiness report: how it stands, what was seen, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """How a point stands. The words say it; a colour only repeats them."""

    READY = "ready"
    LOOK = "look"
    NOT_READY = "not_ready"

    @property
    def words(self) -> str:
        """For people."""
        return {"ready": "Ready", "look": "Look at it", "not_ready": "Not ready"}[self.value]

    @property
    def sign(self) -> str:
        """A sign of its own for each, beside the words."""
        return {"ready": "✓", "look": "!", "not_ready": "✗"}[self.value]


ORDER = (Light.NOT_READY, Light.LOOK, Light.READY)


@dataclass(frozen=True)
class Line:
    """Something that was seen, and how it stands."""

    light: Light
    words: str


@dataclass(frozen=True)
class Point:
    """One of them. `todo`: what to do, where it is not ready; empty else."""

    name: str
    light: Light
    seen: tuple[Line, ...]
    todo: str = ""


def point(name: str, lines: Iterable[Line], todo: str = "") -> Point:
    """As its worst line stands; what is ready has nothing to do."""
    seen = tuple(lines)
    worst = next((light for light in ORDER if any(line.light is light for line in seen)), None)
    light = worst or Light.READY
    return Point(name, light, seen, "" if light is Light.READY else todo)


def good(words: str) -> Line:
    """Ready."""
    return Line(Light.READY, words)


def look(words: str) -> Line:
    """To be looked at."""
    return Line(Light.LOOK, words)


def bad(words: str) -> Line:
    """Not ready."""
    return Line(Light.NOT_READY, words)
