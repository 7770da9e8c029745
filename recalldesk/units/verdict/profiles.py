"""One way of reading serials, and every scope of any recall that reads so.

Guarantees: whatever of these scopes holds a text is among its `holders`, and nothing else; whatever
comes near to it, or to a part of it, is among those found, and perhaps some more. A text is folded,
and looked up, once for all of them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.scope import Scope
from recalldesk.units.verdict.traces import Traces

Member = tuple[str, int]
"""A list in a joined index: a version's own index, and the place of the scope in that."""


NOWHERE = -1
"""Where a member of a joined index stands that is live no more."""
FEW = 4
"""So many scopes are simply asked whether they hold a text: a joined index, or pieces, would cost
more."""


class Joined(Protocol):
    """The lists of several scopes in one, each by its number among the members."""

    @property
    def members(self) -> Sequence[Member]:
        """The lists in it."""

    @property
    def that_list(self) -> Callable[[str], Sequence[tuple[int]] | None]:
        """Gives the members that may list a folded serial."""

    def near(self, skeleton: str) -> Collection[int]:
        """The members that may list a serial within reach of a text with this skeleton."""


@dataclass(frozen=True)
class Owned:
    """A scope, and the place of its version among all live ones."""

    version: int
    scope: Scope
    member: Member | None = None
    """How a joined index knows its list."""


Holder = tuple[Callable[[str], object], int]
"""Whether a scope holds a folded text, and the place of its version."""
Read = tuple[str, str, Collection[int]]
"""A text, its skeleton as some scopes read it, and those of them that its pieces point to."""


class Probe(NamedTuple):
    """How a profile finds who holds a text, laid out so that it is done in one stretch.

    `fold` is None where nothing is folded. `joined` are indexes with whom each number stands for,
    `asked` those who are simply asked, `traced` finds them where they are very many.
    """

    fold: Callable[[str], str] | None
    joined: tuple[tuple[Callable[[str], Sequence[tuple[int]] | None], Sequence[Holder | None]], ...]
    asked: tuple[Holder, ...]
    traced: Callable[[str], list[int]] | None


class Profile:
    """All scopes that fold alike, and confuse the same characters."""

    def __init__(self, owned: Sequence[Owned], joined: Sequence[Joined] = ()) -> None:
        self.form: SerialForm = owned[0].scope.form
        self.owned = tuple(owned)
        self._traces = Traces((entry.scope for entry in owned), self.form)
        self._last: Read = ("", "", self._traces.owners(""))
        self._described = [n for n, e in enumerate(owned) if e.scope.described.lengths]
        self._many_described = len(self._described) > FEW
        if self._many_described:
            self._described = []
        places = {entry.member: place for place, entry in enumerate(owned) if entry.member}
        self._joined = [
            (entry, [places.get(member, NOWHERE) for member in entry.members])
            for entry in joined
            if not places.keys().isdisjoint(entry.members)
        ]
        within = {place for _, known in self._joined for place in known}
        self._listed = [n for n, e in enumerate(owned) if e.scope.listed]
        self._apart = [place for place in self._listed if place not in within]

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

    @cached_property
    def probe(self) -> "Probe":
        """How to find who holds a text."""
        owners = [(entry.scope.held, entry.version) for entry in self.owned]
        joined, simply = [], [*self._described, *self._apart]
        for entry, known in self._joined:
            live = [place for place in known if place != NOWHERE]
            if len(live) <= FEW:
                simply += live
            else:
                owner_of = [owners[place] if place != NOWHERE else None for place in known]
                joined.append((entry.that_list, owner_of))
        return Probe(
            self.form.folder,
            tuple(joined),
            tuple(owners[place] for place in dict.fromkeys(simply)),
            self._traced_holders if self._many_described else None,
        )

    def _traced_holders(self, folded: str) -> list[int]:
        """Where the versions stand whose ranges or patterns hold the text, of very many."""
        places = self._traces.owners(self.form.skeleton(folded))
        return [self.owned[n].version for n in places if self.owned[n].scope.held(folded)]

    def near(self, text: str) -> list[Owned]:
        """The scopes that may hold something within reach of the text."""
        _, skeleton, traced = self._read(text)
        places = [*traced, *self._apart]
        for joined, known in self._joined:
            numbers = joined.near(skeleton)
            if numbers:
                places += [known[n] for n in numbers if known[n] != NOWHERE]
        return self._at(places) if places else []

    def with_parts_near(self, printed: str) -> list[Owned]:
        """The scopes that may hold something within reach of a part of the text."""
        _, _, traced = self._read(printed)
        return self._at([*traced, *self._listed]) if traced or self._listed else []

    def _at(self, places: Collection[int]) -> list[Owned]:
        return [self.owned[place] for place in sorted(set(places))]

    def _read(self, text: str) -> Read:
        """The text as these scopes read it: often the same is asked about twice in a row."""
        last = self._last
        if last[0] != text:
            skeleton = self.form.skeleton_as_typed(text)
            self._last = last = (text, skeleton, self._traces.owners(skeleton))
        return last
