"""Those of a batch who are one person.

Guarantees: the same clusters whatever the order of the records; each member of a cluster is
connected with each other by joins that have reasons; two whom a person keeps apart are never in
one, also not through a third: where the rules would join them, somebody is asked. Joining silences
nobody: each record keeps its contacts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recalldesk.matching.people.candidates import KeyTable, pairs_of
from recalldesk.matching.people.judging import judge_profiles
from recalldesk.matching.people.profiles import Profile, profile_of
from recalldesk.matching.people.records import PersonRecord
from recalldesk.matching.people.said import Doubt, Doubtful, Join, JoinReason, Settled
from recalldesk.matching.people.union import Refusal, Union

Pair = tuple[int, int]
REFUSED_WEIGHT = 0.5
REFUSED_FOR = {
    Refusal.CONTRARY: JoinReason.JOINS_OTHERS,
    Refusal.APART: JoinReason.SETTLED_APART,
}


@dataclass(frozen=True)
class Clusters:
    """`members`: the ids of each cluster of two or more, in order; whoever is in none is alone.
    `joins`: of each cluster of n members n - 1, which connect it. `doubts`: for a person to say, at
    most one between two clusters, the likeliest first."""

    members: tuple[tuple[int, ...], ...]
    joins: tuple[Join, ...]
    doubts: tuple[Doubt, ...]


def cluster(records: Iterable[PersonRecord], *, settled: Iterable[Settled] = ()) -> Clusters:
    """Who of these is one person. Each record's id is of no other; what was settled of records
    that are not here says nothing."""
    table = KeyTable()
    profiles: list[Profile] = []
    for place, record in enumerate(records):
        profiles.append(profile_of(record))
        table.add(place, profiles[place])
    return _Batch(profiles, table).settle(settled)


class _Batch:
    """The records of one call, on their way into clusters."""

    def __init__(self, profiles: list[Profile], table: KeyTable) -> None:
        self._profiles, self._table = profiles, table
        self._union = Union([each.name for each in profiles])
        self._joins: list[Join] = []
        self._doubts: list[tuple[Doubt, Pair]] = []
        self._settled: set[Pair] = set()

    def settle(self, settled: Iterable[Settled]) -> Clusters:
        """First what a person said, then the surest of the rules."""
        self._take_settled(settled)
        sure: list[tuple[int, int, int, int, int, tuple[JoinReason, ...]]] = []
        for one, other in self._candidates():
            first, second = self._profiles[one], self._profiles[other]
            said = judge_profiles(first, second)
            if said is None:
                continue
            if isinstance(said, Doubtful):
                self._doubts.append(
                    (Doubt(first.id, second.id, said.reasons, said.weight), (one, other))
                )
            else:
                sure.append((-said.worth, first.id, second.id, one, other, said.reasons))
        sure.sort()
        for _, _, _, one, other, reasons in sure:
            self._join(one, other, reasons)
        return self._clusters()

    def _candidates(self) -> Iterator[Pair]:
        """Pairs by the order of their ids, without those a person has settled."""
        for one, other in pairs_of(self._table, self._profiles):
            pair = (one, other) if self._id(one) < self._id(other) else (other, one)
            if pair not in self._settled:
                yield pair

    def _take_settled(self, settled: Iterable[Settled]) -> None:
        said = sorted({(*sorted((each.first, each.second)), each.is_one) for each in settled})
        if not said:
            return
        place_of = {profile.id: place for place, profile in enumerate(self._profiles)}
        known = [
            (place_of[first], place_of[second], is_one)
            for first, second, is_one in said
            if first in place_of and second in place_of and first != second
        ]
        for one, other, is_one in known:
            self._settled.add((one, other))
            if not is_one:
                self._union.keep_apart(one, other)
        for one, other, is_one in known:
            if is_one:
                self._join(one, other, (JoinReason.SETTLED,), by_person=True)

    def _join(
        self, one: int, other: int, reasons: tuple[JoinReason, ...], *, by_person: bool = False
    ) -> None:
        if self._union.root(one) == self._union.root(other):
            return
        refused = self._union.join(one, other, by_person=by_person)
        if refused is None:
            self._joins.append(Join(self._id(one), self._id(other), reasons))
            return
        why = (*reasons, REFUSED_FOR[refused])
        doubt = Doubt(self._id(one), self._id(other), why, REFUSED_WEIGHT)
        self._doubts.append((doubt, (one, other)))

    def _clusters(self) -> Clusters:
        members = (
            tuple(sorted(self._id(place) for place in cluster))
            for cluster in self._union.clusters()
        )
        return Clusters(tuple(sorted(members)), tuple(self._joins), tuple(self._asked()))

    def _asked(self) -> Iterator[Doubt]:
        """What is asked: of two clusters once, and not what the clusters answer already."""
        asked: set[Pair] = set()
        in_order = sorted(
            self._doubts, key=lambda each: (-each[0].weight, each[0].first, each[0].second)
        )
        for doubt, (one, other) in in_order:
            first, second = sorted((self._union.root(one), self._union.root(other)))
            if first == second or (first, second) in asked:
                continue
            is_answered = JoinReason.SETTLED_APART not in doubt.reasons
            if is_answered and self._union.are_apart(first, second):
                continue
            asked.add((first, second))
            yield doubt

    def _id(self, place: int) -> int:
        return self._profiles[place].id
