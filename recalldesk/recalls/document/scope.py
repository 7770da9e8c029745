"""Which units are meant: lists, ranges and patterns, what is left out, and what was made."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from recalldesk.recalls.document.parts import Count, Key, Line, Part, Problem, Rule

Products = Annotated[tuple[Key, ...], Field(min_length=1)]
SerialText = Annotated[str, Field(pattern=r"^[ -]*([0-9A-Za-z][ -]*){4,40}$")]


class Meaning(StrEnum):
    """What it means to be on a list, in a range, or of a pattern."""

    RECALLED = "recalled"
    EXCLUDED = "excluded"
    MADE = "made"


class ListSpec(Part):
    """A list whose serials or ranges come from files."""

    name: Key
    meaning: Meaning = Meaning.RECALLED
    products: Products
    units: Count | None = Field(None, ge=1)
    counting: Literal["digits", "alphabet"] = "digits"


class RangeSpec(Part):
    """A range written in the recall file itself; both ends belong to it."""

    start: SerialText
    end: SerialText
    products: Products
    meaning: Meaning = Meaning.RECALLED
    counting: Literal["digits", "alphabet"] = "digits"


class PatternSpec(Part):
    """A pattern of serials, such as `BS30KP365*[0-9D]`."""

    pattern: Line
    products: Products
    meaning: Meaning = Meaning.RECALLED


class Scope(Part):
    """All of it. `public` marks ranges that anybody may see, as for vehicles."""

    public: bool = False
    lists: tuple[ListSpec, ...] = ()
    ranges: tuple[RangeSpec, ...] = ()
    patterns: tuple[PatternSpec, ...] = ()

    def _names_units(self) -> Iterator[Problem]:
        named: list[ListSpec | RangeSpec | PatternSpec] = [
            *self.lists,
            *self.ranges,
            *self.patterns,
        ]
        if not any(entry.meaning is Meaning.RECALLED for entry in named):
            yield (), "names no list, range or pattern of recalled units"

    def _list_names(self) -> Iterator[Problem]:
        names = [entry.name for entry in self.lists]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield ("lists", place, "name"), f"{name!r} is the name of two lists"

    rules = (
        Rule(_names_units, ("lists", "ranges", "patterns")),
        Rule(_list_names, ("lists.*.name",)),
    )
