"""What no rule could find: pairs of one person that no contact connects, even through others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from recalldesk.matching.people import PersonRecord
from recalldesk.matching.people.profiles import Profile, profile_of


def out_of_reach(records: Iterable[PersonRecord], person_of: Mapping[int, int]) -> tuple[int, int]:
    """So many pairs of one person have no chain of like e-mail addresses, numbers or houses among
    that person's records, of so many. Records of one person stand together."""
    lost = pairs = 0
    profiles: list[Profile] = []
    person = 0
    for record in records:
        if person_of[record.id] != person:
            lost, pairs = lost + _apart(profiles), pairs + _pairs(len(profiles))
            profiles, person = [], person_of[record.id]
        profiles.append(profile_of(record))
    return lost + _apart(profiles), pairs + _pairs(len(profiles))


def _apart(profiles: list[Profile]) -> int:
    groups = list(range(len(profiles)))
    for one, other in combinations(range(len(profiles)), 2):
        if _contacts(profiles[one]) & _contacts(profiles[other]):
            groups = [groups[one] if each == groups[other] else each for each in groups]
    return _pairs(len(profiles)) - sum(map(_pairs, Counter(groups).values()))


def _contacts(profile: Profile) -> set[str]:
    return {profile.email, profile.phone, profile.house} - {""}


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
