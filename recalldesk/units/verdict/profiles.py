"""One way of reading serials, and every scope of any recall that reads so.

Guarantees: whatever of these scopes holds a text is among its `holders`, and nothing else; whatever
comes near to it, or to a part of it, is among those found, and perhaps some more. A text is folded,
and looked up, once for all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.scope import Listed, Scope
from recalldesk.units.verdict.traces import Traces

Member = tuple[str, int]
"""A list in a joined index: a version's own index, and the place of the scope in that."""


FEW = 4
"""So many scopes of ranges and patterns are simply asked."""


class Joined(Protocol):
    """The lists of several scopes in one."""

    @property
    def members(self) -> frozenset[Member]:
        """The lists in it."""

    def that_list(self, folded: str) -> Sequence[Member]:
        """The members that may list the serial."""

    def near(self, skeleton: str) -> Iterable[Member]:
        """The members that may list a serial within reach of a text with this skeleton."""


@dataclass(frozen=True)
class Owned:
    """A scope, and the place of its version among all live ones."""

    version: int
    scope: Scope
    member: Member | None = None
    """How a joined index knows its list."""


class Profile:
    """All scopes that fold alike, and confuse the same characters."""

    def __init__(self, owned: Sequence[Owned], joined: Sequence[Joined] = ()) -> None:
        self.form: SerialForm = owned[0].scope.form
        self.owned = tuple(owned)
        self._traces = Traces((entry.scope for entry in owned), self.form)
        self._described = [n for n, e in enumerate(owned) if e.scope.described.lengths]
        self._many_described = len(self._described) > FEW
        if self._many_described:
            self._described = []
        self._places = {entry.member: n for n, entry in enumerate(owned) if entry.member}
        self._joined = tuple(e for e in joined if not e.members.isdisjoint(self._places))
        within = frozenset().union(*(entry.members for entry in self._joined))
        self._listed = [(n, e.scope.listed) for n, e in enumerate(owned) if e.scope.listed]
        self._apart: list[tuple[int, Listed]] = [
            (n, listed) for n, listed in self._listed if owned[n].member not in within
        ]

    @cached_property
    def lengths_within_reach(self) -> frozenset[int]:
        """The lengths of all texts within reach of any of the scopes."""
        return frozenset().union(*(entry.scope.lengths_within_reach for entry in self.owned))

    @cached_property
    def shortest_within_reach(self) -> int:
        """The length of the shortest such text that is not empty."""
        return min((n for n in self.lengths_within_reach if n > 0), default=1)

    @cached_property
    def lengths(self) -> frozenset[int]:
        """The lengths that their serials have."""
        return frozenset().union(*(entry.scope.lengths for entry in self.owned))

    def holders(self, text: str) -> list[Owned]:
        """The scopes that hold the text, as they read it."""
        folded = self.form.fold(text)
        places = self._described
        if self._many_described:
            places = [*self._traces.owners(self.form.skeleton(folded))]
        for joined in self._joined:
            members = joined.that_list(folded)
            if members:
                places = places + self._known(members)
        for place, listed in self._apart:
            if listed.holds(folded):
                places = [*places, place]
        found = [self.owned[place] for place in places]
        return [owned for owned in found if owned.scope.holds(folded)] if found else found

    def near(self, text: str) -> list[tuple[Owned, str]]:
        """The scopes that may hold something within reach of the text, with it as they read it."""
        folded = self.form.fold(text)
        skeleton = self.form.skeleton(folded)
        places = [*self._traces.owners(skeleton), *(place for place, _ in self._apart)]
        for joined in self._joined:
            places += self._known(joined.near(skeleton))
        return [(self.owned[place], folded) for place in sorted(set(places))] if places else []

    def with_parts_near(self, printed: str) -> list[Owned]:
        """The scopes that may hold something within reach of a part of the text."""
        traced = self._traces.owners(self.form.skeleton(self.form.fold(printed)))
        places = {*traced, *(place for place, _ in self._listed)}
        return [self.owned[place] for place in sorted(places)] if places else []

    def _known(self, members: Iterable[Member]) -> list[int]:
        """Where the members stand here; one that is live no more stands nowhere."""
        return [self._places[member] for member in members if member in self._places]
