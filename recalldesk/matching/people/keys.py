"""The keys by which records that may be of one person find one another.

Guarantees: an alias is no key; a key joins nobody by itself (`judge` does); the keys of a record
are the same whatever is read beside it.
"""

from enum import IntEnum

from recalldesk.matching.people.profiles import Profile, profile_of
from recalldesk.matching.people.records import PersonRecord


class KeyKind(IntEnum):
    """What two records share. The numbers are stored: they never change."""

    EMAIL = 1
    PHONE = 2
    ADDRESS = 3
    NAME_IN_PLACE = 4
    NAME_IN_STREET = 5


Key = tuple[KeyKind, str]


def keys_of(record: PersonRecord) -> tuple[Key, ...]:
    """The keys of a record, each once; none where it says too little.

    An address, which a whole school or hotel may share, is guarded by each initial the name may
    begin with: that of its first word, of the name this is short for, and of its last word, as some
    write the family name first. A box and a number are not: a record without a name is found by
    them, and `judge` guards by the whole name. By the name in a place, and in a street, those are
    found who mistyped the rest of their address.
    """
    return keys_of_profile(profile_of(record))


def keys_of_profile(profile: Profile) -> tuple[Key, ...]:
    """The keys of what was read already."""
    found: list[Key] = []
    if profile.email:
        found.append((KeyKind.EMAIL, profile.email))
    if profile.phone:
        found.append((KeyKind.PHONE, profile.phone))
    if not profile.house:
        return tuple(found)
    found += ((KeyKind.ADDRESS, f"{profile.house} {each}") for each in profile.name.initials)
    if profile.name.family:
        country, code, line = profile.house.split(" ", 2)
        name = " ".join(sorted({profile.name.given, profile.name.family}))
        found.append((KeyKind.NAME_IN_PLACE, f"{country} {code} {name}"))
        found.append((KeyKind.NAME_IN_STREET, f"{country} {line} {name}"))
    return tuple(found)
