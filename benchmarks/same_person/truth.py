"""How well clusters meet the truth, and the guarded keys of the design on the same records."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import plain
from recalldesk.matching.people import PersonRecord

Z = 1.96


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval over clusters, whose pairs hang together."""

    right: int
    of: int
    half: float

    @property
    def share(self) -> float:
        """Nought of nought is all."""
        return self.right / self.of if self.of else 1.0

    @property
    def least(self) -> float:
        """The lower end of the interval."""
        return self.share - self.half

    def __str__(self) -> str:
        return f"{self.share:.4f} ± {self.half:.4f}"


def precision_and_recall(
    clusters: Iterable[Sequence[int]], person_of: Mapping[int, int]
) -> tuple[Share, Share]:
    """Of pairs: those of one cluster that are of one person, and the other way round."""
    cluster_of: dict[int, int] = {}
    found = []
    for place, members in enumerate(clusters):
        cluster_of.update(dict.fromkeys(members, place))
        found.append(_counts(Counter(person_of[each] for each in members)))
    of_person: dict[int, Counter[int]] = {}
    for record, person in person_of.items():
        of_person.setdefault(person, Counter())[cluster_of.get(record, -record)] += 1
    return _share(found), _share([_counts(each) for each in of_person.values()])


def _counts(parts: Counter[int]) -> tuple[int, int]:
    return sum(_pairs(each) for each in parts.values()), _pairs(sum(parts.values()))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _share(groups: list[tuple[int, int]]) -> Share:
    """The ratio of two sums over groups, with what the groups' spread says of it."""
    right, of = sum(each for each, _ in groups), sum(each for _, each in groups)
    share = right / of if of else 1.0
    spread = sqrt(sum((a - share * b) ** 2 for a, b in groups)) / of if of else 0.0
    return Share(right, of, Z * spread)


class GuardedKeys:
    """The design's rule: one e-mail address, number or flat and one first initial is one person."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], int] = {}
        self._parents: dict[int, int] = {}

    def add(self, record: PersonRecord) -> None:
        """Takes in one record."""
        self._parents[record.id] = record.id
        initial = plain(record.name).strip()[:1]
        email = "" if record.is_alias else email_form(record.email)
        flat = address_form(record.address).flat if record.address else ""
        for key in (email, record.phone, flat):
            if key and initial:
                first = self._first.setdefault((key, initial), record.id)
                self._parents[self._root(record.id)] = self._root(first)

    def clusters(self) -> list[list[int]]:
        """All of them."""
        members: dict[int, list[int]] = {}
        for each in self._parents:
            members.setdefault(self._root(each), []).append(each)
        return list(members.values())

    def _root(self, each: int) -> int:
        while self._parents[each] != each:
            self._parents[each] = self._parents[self._parents[each]]
            each = self._parents[each]
        return each
