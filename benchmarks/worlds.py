"""The scopes on which the first promise is measured, all made up, with what is in them known here.

`serials` and `places` say what is covered without asking the product: brute force rests on them.
"""

import random
import re
from dataclasses import dataclass
from functools import cached_property, partial
from math import prod
from pathlib import Path

from benchmarks.brute_force import Known, Letters
from benchmarks.side_by_side import side_by_side
from benchmarks.sizes import Sizes
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.index.build import write_listed
from recalldesk.units.index.listed import ListedTries
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.scope import Scope
from tests.scopes import A1263, VIN, nothing, patterned_scope, ranged_scope, version_of

LINES = ("CAB", "EST", "VAN")
PATTERN = "BS30KP365*[0-9D]"
PLACES = (*"BS30KP365", *(A1263.alphabet,) * 6, "0123456789D")
"""What the pattern covers: for each place the characters it may have."""


@dataclass(frozen=True)
class Span:
    """A range written out: numbers of a fixed width behind a stem."""

    stem: str
    width: int
    first: int
    last: int

    @property
    def serials(self) -> list[str]:
        """All of its serials."""
        return [f"{self.stem}{n:0{self.width}d}" for n in range(self.first, self.last + 1)]

    @property
    def as_range(self) -> SerialRange:
        """As the product knows it."""
        first, last = (f"{self.stem}{n:0{self.width}d}" for n in (self.first, self.last))
        return SerialRange(first, last)


SPANS = (
    *(
        Span(f"ZZ9{line}12K", 8, first, first + 4_999)
        for line in LINES
        for first in range(100_000, 740_000, 40_000)
    ),
    *(Span(f"ZZ9{line}{plant}", 4, 2_000, 6_999) for line in LINES for plant in (12, 34, 56, 78)),
)
"""60 ranges of 5,000 serials, 48 of them of 17 characters and 12 of 12."""


@dataclass(frozen=True)
class World:
    """A scope, and what is in it: its serials, or for a pattern the characters of each place."""

    name: str
    scope: Scope
    serials: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def form(self) -> SerialForm:
        """The form of its serials."""
        return self.scope.form

    @cached_property
    def letters(self) -> Letters:
        """The characters of the form."""
        return Letters(self.form)

    @cached_property
    def version(self) -> KnownVersion:
        """A version with this scope alone."""
        return version_of(self.scope, self.form)

    @property
    def covered(self) -> int:
        """How many serials are covered."""
        return len(self.serials) or prod(map(len, self.places))

    def affected(self, draw: random.Random) -> str:
        """One affected serial."""
        if self.serials:
            return draw.choice(self.serials)
        return "".join(map(draw.choice, self.places))

    def known_outlines(self) -> Known:
        """Whether a covered serial has an outline: by the whole set, or by the pattern."""
        if self.serials:
            return frozenset(map(self.letters.outline, self.serials)).__contains__
        classes = ("".join(sorted(set(self.letters.outline(place)))) for place in self.places)
        pattern = re.compile("".join(f"[{members}]" for members in classes))
        return lambda outline: pattern.fullmatch(outline) is not None


def listed_worlds(lists: dict[str, tuple[str, ...]], folder: Path) -> list[World]:
    """Worlds of listed serials, their tries built side by side."""
    for name in lists:
        (folder / name).mkdir(parents=True)
    lengths = side_by_side(
        [partial(write_listed, folder / n, sorted(rows), A1263) for n, rows in lists.items()]
    )
    worlds = []
    for (name, serials), found in zip(lists.items(), lengths, strict=True):
        tries = ListedTries(folder / name, form=A1263, lengths=frozenset(found))
        scope = Scope(A1263, tries, nothing(A1263), nothing(A1263))
        worlds.append(World(f"{name} list", scope, serials))
    return worlds


def ranged_world(spans: tuple[Span, ...]) -> World:
    """A world of ranges."""
    scope = ranged_scope((span.as_range for span in spans), VIN)
    return World("ranges", scope, tuple(s for span in spans for s in span.serials))


def patterned_world() -> World:
    """A world of one pattern."""
    return World("pattern", patterned_scope(PATTERN, A1263), places=PLACES)


def all_worlds(folder: Path, sizes: Sizes) -> list[World]:
    """Random, sequential and mixed lists, ranges, a pattern."""
    lists = {
        numbering.value: tuple(made_up_serials(A1263, sizes.units, seed=1263, numbering=numbering))
        for numbering in Numbering
    }
    return [*listed_worlds(lists, folder), ranged_world(SPANS), patterned_world()]
