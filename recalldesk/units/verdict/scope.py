"""What one group of products with a common form covers, whether listed, ranged or patterned.

Guarantees: `holds` is exact. `reach` finds every serial of the scope within reach of a text: any
number of look-alike confusions plus one slip. Where looking costs too much it says "within reach".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, partial
from itertools import chain, islice, product
from typing import Protocol

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import Places, any_of
from recalldesk.units.verdict.ranges import RangeSet
from recalldesk.units.verdict.templates import (
    Template,
    template_as_typed,
    templates_with_a_slip,
)

MOST_WITNESSES = 2_000
MOST_NEAR = 400


class Nearness(IntEnum):
    """How near the nearest covered serial is to a text; `HELD` is the text itself."""

    FAR = 0
    ONE_SLIP = 1
    LOOK_ALIKE = 2
    HELD = 3


@dataclass(frozen=True)
class Reach:
    """How near; for look-alikes also the places (from 1) at which a covered serial differs."""

    nearness: Nearness
    places: frozenset[int] = frozenset()


FAR = Reach(Nearness.FAR)
Near = list[Callable[[Template], Iterator[str]]]
"""Ranges and patterns that may be within reach, each by how it gives its members of a template."""


class Holds(Protocol):
    """A set of folded serials."""

    def holds(self, folded: str) -> bool:
        """Whether the serial is in it."""


class Enumerated(Holds, Protocol):
    """A set of folded serials that can be gone through."""

    def serials(self) -> Iterator[str]:
        """All of them, in no particular order."""


class Listed(Enumerated, Protocol):
    """The listed serials of a scope, exclusions taken out."""

    @property
    def lengths(self) -> frozenset[int]:
        """The lengths that they have."""

    def reach(self, folded: str) -> Reach:
        """How near the nearest listed serial is."""


@dataclass(frozen=True)
class Described:
    """Ranges and patterns of one meaning."""

    ranges: RangeSet
    patterns: tuple[Places, ...] = ()

    def holds(self, folded: str) -> bool:
        """Whether a range or pattern holds the text."""
        return self.ranges.holds(folded) or self.matched(folded) is not None

    @cached_property
    def matched(self) -> Callable[[str], re.Match[str] | None]:
        """What of the text matches a pattern: all of it, or nothing."""
        return any_of(self.patterns).fullmatch

    @property
    def lengths(self) -> frozenset[int]:
        """The lengths that its serials have."""
        return self.ranges.lengths | {len(places) for places in self.patterns}

    def near(self, folded: str) -> Near:
        """What may be within reach of the text."""
        typed = template_as_typed(folded, self.ranges.form)
        near: Near = [entry.members for entry in self.ranges.near(folded)]
        near += [partial(_pattern_members, p) for p in self.patterns if _may_be_near(p, typed)]
        return near


def _may_be_near(places: Places, typed: Template) -> bool:
    """False where no single slip leads from the pattern to the text."""
    if abs(len(places) - len(typed)) > 1:
        return False
    shorter = min(len(places), len(typed))
    apart = [places[i].isdisjoint(typed[i]) for i in range(shorter)]
    apart_from_end = [places[-1 - i].isdisjoint(typed[-1 - i]) for i in range(shorter)]
    alike = (
        next((i for i, x in enumerate(each) if x), shorter) for each in (apart, apart_from_end)
    )
    return sum(alike) >= shorter - 2


def _pattern_members(places: Places, template: Template) -> Iterator[str]:
    if len(places) != len(template):
        return iter(())
    common = [
        [c for c in allowed if c in members]
        for members, allowed in zip(places, template, strict=True)
    ]
    return ("".join(characters) for characters in product(*common))


def _nothing(_folded: str) -> bool:
    return False


@dataclass(frozen=True)
class Scope:
    """One group: its form, its serials, and what is left out of ranges and patterns."""

    form: SerialForm
    listed: Listed | None
    described: Described
    excluded: Described
    excluded_list: Enumerated | None = None

    @cached_property
    def lengths(self) -> frozenset[int]:
        """The lengths of its serials."""
        listed = self.listed.lengths if self.listed is not None else frozenset[int]()
        return listed | self.described.lengths

    @cached_property
    def lengths_within_reach(self) -> frozenset[int]:
        """The lengths of all texts within reach."""
        return frozenset(length + slip for length in self.lengths for slip in (-1, 0, 1))

    def holds(self, folded: str) -> bool:
        """Whether the folded serial is covered and not excluded."""
        return bool(self.held(folded))

    @cached_property
    def held(self) -> Callable[[str], object]:
        """As `holds`, the shortest way that this scope has; what it gives counts as a truth."""
        if not self.described.lengths:
            return self.listed.holds if self.listed is not None else _nothing
        if self.listed is None and not self.described.ranges.ranges and not self._excludes:
            return self.described.matched
        return self._holds

    @property
    def _excludes(self) -> bool:
        return self.excluded_list is not None or bool(self.excluded.lengths)

    def _holds(self, folded: str) -> bool:
        if self.listed is not None and self.listed.holds(folded):
            return True
        return self.described.holds(folded) and not self._is_excluded(folded)

    def _is_excluded(self, folded: str) -> bool:
        listed = self.excluded_list is not None and self.excluded_list.holds(folded)
        return listed or self.excluded.holds(folded)

    def reach(self, folded: str) -> Reach:
        """How near the nearest covered serial is to a folded text that is not covered itself."""
        listed = self.listed.reach(folded) if self.listed is not None else FAR
        near = self.described.near(folded)
        if not near:
            return listed
        if len(near) > MOST_NEAR:
            return max(listed, Reach(Nearness.ONE_SLIP), key=lambda reach: reach.nearness)
        places = self._doubtful_places(folded, near)
        if listed.nearness is Nearness.LOOK_ALIKE or places:
            return Reach(Nearness.LOOK_ALIKE, listed.places | places)
        if listed.nearness is Nearness.ONE_SLIP or any(
            self._meets(template, near) for template in templates_with_a_slip(folded, self.form)
        ):
            return Reach(Nearness.ONE_SLIP)
        return FAR

    def _doubtful_places(self, folded: str, near: Near) -> frozenset[int]:
        typed = template_as_typed(folded, self.form)
        if not self._meets(typed, near):
            return frozenset()
        doubtful: set[int] = set()
        for place, character in enumerate(folded):
            others = typed[place].replace(character, "")
            if others and self._meets((*typed[:place], others, *typed[place + 1 :]), near):
                doubtful.add(place + 1)
        return frozenset(doubtful)

    def _meets(self, template: Template, near: Near) -> bool:
        """Whether a covered serial is among those of the template."""
        members = chain.from_iterable(members_of(template) for members_of in near)
        seen = 0
        for member in islice(members, MOST_WITNESSES):
            if not self._is_excluded(member):
                return True
            seen += 1
        return seen == MOST_WITNESSES
