"""Clusters that grow join by join, best first, and refuse what would make one of two.

Guarantees: no cluster holds two records whose given names clearly differ, nor two that a person
keeps apart, unless a person joined them.
"""

from collections.abc import Iterable
from enum import Enum

from recalldesk.matching.people.names import Name
from recalldesk.matching.people.naming import Agreement, agreement

CONTRARY = frozenset({Agreement.DIFFERENT, Agreement.ALIKE})
MOST_NAMES = 12
"""A cluster of more ways of naming somebody is looked at by a person."""


class Refusal(Enum):
    """Why two clusters were not made one."""

    CONTRARY = "contrary"
    APART = "apart"


class Union:
    """Who is with whom. Places are those of a batch's records."""

    def __init__(self, names: list[Name]) -> None:
        self._parents = list(range(len(names)))
        self._names_at = names
        self._names: dict[int, set[Name]] = {}
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}

    def keep_apart(self, one: int, other: int) -> None:
        """Nothing joins these two, or whoever is one with them, any more."""
        first, second = self.root(one), self.root(other)
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)

    def root(self, place: int) -> int:
        """The place by which a cluster is known."""
        parents = self._parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(self, one: int, other: int, *, by_person: bool = False) -> Refusal | None:
        """Makes one of two clusters, or says why not. Those of one cluster stay so."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return None
        if self.are_apart(first, second):
            return Refusal.APART
        if not by_person and self._are_contrary(first, second):
            return Refusal.CONTRARY
        self._merge(first, second)
        return None

    def are_apart(self, first: int, second: int) -> bool:
        """Whether a person keeps a member of the one apart from a member of the other; by roots."""
        return second in self._apart.get(first, ())

    def clusters(self) -> Iterable[list[int]]:
        """Those of two members or more."""
        return self._members.values()

    def _are_contrary(self, first: int, second: int) -> bool:
        names, others = self._names_of(first), self._names_of(second)
        if len(names | others) > MOST_NAMES:
            return True
        return any(agreement(one, other) in CONTRARY for one in names for other in others)

    def _merge(self, first: int, second: int) -> None:
        members, others = self._members_of(first), self._members_of(second)
        if len(members) < len(others):
            first, second, members, others = second, first, others, members
        names = self._names_of(first) | self._names_of(second)
        members.extend(others)
        self._members.pop(second, None)
        self._names.pop(second, None)
        self._parents[second] = first
        self._members[first], self._names[first] = members, names
        for other in self._apart.pop(second, ()):
            self._apart[other].remove(second)
            self._apart[other].add(first)
            self._apart.setdefault(first, set()).add(other)

    def _members_of(self, root: int) -> list[int]:
        return self._members.get(root) or [root]

    def _names_of(self, root: int) -> set[Name]:
        return self._names.get(root) or {self._names_at[root]}
