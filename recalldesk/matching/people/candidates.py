"""Which pairs of a batch may be of one person, by their keys.

Guarantees: in memory that grows with the records, not with the pairs of a hotel or a school; the
pairs are the same whatever the order of the records.
"""

from array import array
from collections.abc import Iterator, Sequence

from recalldesk.matching.people.contacts import FLAT, NO_FLAT, bit_of
from recalldesk.matching.people.keys import KeyKind, keys_of_profile
from recalldesk.matching.people.profiles import Profile

ALL_PAIRS = 40
"""So many records of one key are compared each with each."""
NEXT = 20
"""In more, each is compared with so many next to it by name."""
FEW = 4
AT_ONCE = 100_000
CROWD = 8
"""More names than this under one guarded key: what they share says little."""


class KeyTable:
    """The keys of the records of a batch, hashed, with the places of the records."""

    def __init__(self) -> None:
        self._keys = {kind: array("q") for kind in KeyKind}
        self._places = {kind: array("I") for kind in KeyKind}

    def add(self, place: int, profile: Profile) -> None:
        """Takes in the keys of the record at a place."""
        for kind, form in keys_of_profile(profile):
            self._keys[kind].append(hash(form))
            self._places[kind].append(place)

    def groups(self) -> Iterator[tuple[KeyKind, list[int]]]:
        """Places of records that share a key, two or more."""
        import numpy as np

        for kind in KeyKind:
            keys = np.frombuffer(self._keys[kind], dtype=np.int64)
            if not len(keys):
                continue
            order = np.argsort(keys, kind="stable")
            places = np.frombuffer(self._places[kind], dtype=np.uint32)[order]
            starts = np.flatnonzero(np.diff(keys[order], prepend=keys[order[0]] - 1))
            ends = np.append(starts[1:], len(keys))
            several = ends - starts > 1
            for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
                yield kind, places[start:end].tolist()


def pairs_of(table: KeyTable, profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Each pair of places once. Marks on the way what many names share."""
    import numpy as np

    found = array("Q")
    for kind, group in table.groups():
        if kind is KeyKind.ADDRESS:
            pairs = _of_house(group, profiles)
        else:
            pairs = _of_group(group, profiles)
            if kind in {KeyKind.EMAIL, KeyKind.PHONE}:
                _mark(kind, group, profiles)
        for one, other in pairs:
            found.append(one << 32 | other if one < other else other << 32 | one)
    codes = np.unique(np.frombuffer(found, dtype=np.uint64)) if found else found
    for start in range(0, len(codes), AT_ONCE):
        for code in codes[start : start + AT_ONCE].tolist():
            yield code >> 32, code & 0xFFFFFFFF


def _of_house(group: list[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of one house: of one flat, or one of them names none. Two flats are two homes; whoever
    has both is found by another key."""
    _mark(KeyKind.ADDRESS, group, profiles)
    flats: dict[str, list[int]] = {}
    unsaid: list[int] = []
    for place in group:
        flat = profiles[place].flat
        (unsaid if flat.endswith(NO_FLAT) else flats.setdefault(flat, [])).append(place)
    for of_flat in (*flats.values(), unsaid):
        _mark(FLAT, of_flat, profiles)
    if not flats or len(group) <= FEW or len(unsaid) * len(group) > ALL_PAIRS**2:
        yield from _of_group(group, profiles)
        return
    for of_flat in (*flats.values(), unsaid):
        yield from _of_group(of_flat, profiles)
    for one in unsaid:
        yield from ((one, other) for of_flat in flats.values() for other in of_flat)


def _mark(kind: int, group: list[int], profiles: Sequence[Profile]) -> None:
    """Marks those of a contact that many names share."""
    if len(group) <= CROWD:
        return
    names = {profiles[place].name.words for place in group}
    if len(names) > CROWD:
        for place in group:
            profiles[place].crowded |= bit_of(kind)


def _of_group(group: list[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    if len(group) > ALL_PAIRS:
        group = sorted(group, key=lambda place: _by_name(profiles[place]))
    reach = len(group) if len(group) <= ALL_PAIRS else NEXT
    for at, one in enumerate(group):
        for other in group[at + 1 : at + 1 + reach]:
            yield one, other


def _by_name(profile: Profile) -> tuple[str, str, str, str, str, int]:
    """Those of one name stand together, of them those of one contact."""
    name = profile.name
    return name.family, name.given, profile.email, profile.phone, profile.flat, profile.id
