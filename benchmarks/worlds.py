"""The scopes on which the first promise is measured: four numberings, all made up."""

import random
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.scope import Scope
from tests.scopes import A1263, VIN, listed_scope, patterned_scope, ranged_scope, version_of

UNITS = 1_158_000
RANGES = tuple(
    SerialRange(f"ZZ9{line}12K{start:08d}", f"ZZ9{line}12K{start + 4_999:08d}")
    for line in ("CAB", "EST", "VAN")
    for start in range(100_000, 900_000, 40_000)
)
PATTERN = "BS30KP365*[0-9D]"


@dataclass(frozen=True)
class World:
    """A scope, and how to draw serials that are in it."""

    name: str
    scope: Scope
    drawable: tuple[str, ...]

    @property
    def form(self) -> SerialForm:
        """The form of its serials."""
        return self.scope.form

    @property
    def version(self) -> KnownVersion:
        """A version with this scope alone."""
        return version_of(self.scope, self.form)

    def affected(self, draw: random.Random) -> str:
        """One affected serial."""
        if self.drawable:
            return draw.choice(self.drawable)
        if self.scope.described.patterns:
            places = self.scope.described.patterns[0]
            return "".join(draw.choice(sorted(members)) for members in places)
        span = draw.choice(RANGES)
        stem, first, last = span.start[:9], int(span.start[9:]), int(span.end[9:])
        return f"{stem}{draw.randint(first, last):08d}"


def listed_world(name: str, numbering: Numbering, folder: Path, units: int = UNITS) -> World:
    """A world of listed serials."""
    serials = tuple(made_up_serials(A1263, units, seed=1263, numbering=numbering))
    return World(name, listed_scope(sorted(serials), A1263, folder / name), serials)


def all_worlds(folder: Path) -> list[World]:
    """Random, sequential and mixed lists of 1,158,000, ranges, a pattern."""
    return [
        listed_world("random list", Numbering.RANDOM, folder),
        listed_world("sequential list", Numbering.SEQUENTIAL, folder),
        listed_world("mixed list", Numbering.MIXED, folder),
        World("ranges", ranged_scope(RANGES, VIN), ()),
        World("pattern", patterned_scope(PATTERN, A1263), ()),
    ]
