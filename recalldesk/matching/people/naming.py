"""How two names agree.

Guarantees: symmetric; two given names that are both known are never a slip of one another, nor
short for one another unless the table says so.
"""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from recalldesk.matching.people.names import Name
from recalldesk.matching.people.nicknames import FORMAL_NAMES, KNOWN_NAMES


class Agreement(IntEnum):
    """From the strongest. DIFFERENT: two given names that are clearly those of two people."""

    SAME = 1
    NICKNAME = 2
    SLIP = 3
    SWAPPED = 4
    INITIAL = 5
    GIVEN_ONLY = 6
    FAMILY_ONLY = 7
    COUPLE = 8
    NO_NAME = 9
    OTHER_GENERATION = 10
    ORGANISATION = 11
    ALIKE = 12
    DIFFERENT = 13


STRONG = frozenset({Agreement.SAME, Agreement.NICKNAME, Agreement.SLIP, Agreement.SWAPPED})
SHORTEST_SLIP = 4
LONG = 9


@lru_cache(maxsize=400_000)
def agreement(first: Name, second: Name) -> Agreement:
    """How two names agree, whichever comes first."""
    if not first.words or not second.words:
        return Agreement.NO_NAME
    if first.is_organisation or second.is_organisation:
        return _of_organisations(first, second)
    if first.both or second.both:
        return _of_couples(first, second)
    found = _of_people(first, second)
    if first.generation != second.generation and found in STRONG | {Agreement.INITIAL}:
        is_contrary = bool(first.generation and second.generation)
        return Agreement.DIFFERENT if is_contrary else Agreement.OTHER_GENERATION
    return found


def _of_organisations(first: Name, second: Name) -> Agreement:
    """Two firms are one by their words; a firm and a person are never one: who orders for it may
    have bought for themselves, too."""
    if not (first.is_organisation and second.is_organisation):
        return Agreement.DIFFERENT
    one, other = set(first.words), set(second.words)
    if one == other:
        return Agreement.SAME
    return Agreement.ORGANISATION if one <= other or other <= one else Agreement.DIFFERENT


def _of_couples(first: Name, second: Name) -> Agreement:
    if first.both and second.both:
        is_same = sorted(first.both) == sorted(second.both) and first.family == second.family
        return Agreement.SAME if is_same else Agreement.DIFFERENT
    couple, single = (first, second) if first.both else (second, first)
    if any(_given(each, single.given) in STRONG for each in couple.both):
        return Agreement.COUPLE
    return Agreement.DIFFERENT


def _of_people(first: Name, second: Name) -> Agreement:
    if first.words == second.words:
        return Agreement.SAME
    if not (first.family and second.family):
        return _of_one_word(first, second)
    family = _family(first, second)
    given = _given(first.given, second.given)
    if given is Agreement.DIFFERENT or given is Agreement.ALIKE:
        if _is_swapped(first, second):
            return Agreement.SWAPPED
        if family and _is_middle(first, second):
            return Agreement.NICKNAME
        return given
    if given is Agreement.INITIAL and not family and _is_swapped(first, second):
        return Agreement.SWAPPED
    if not family:
        return Agreement.GIVEN_ONLY if given in STRONG else Agreement.DIFFERENT
    if given is Agreement.SAME and family is Agreement.SLIP:
        return Agreement.SLIP
    return given


def _of_one_word(first: Name, second: Name) -> Agreement:
    """One gives a single word: a given name, or a family's."""
    single, other = (first, second) if not first.family else (second, first)
    word = single.words[0]
    if not other.family:
        return _given(word, other.words[0])
    if _word_slips(word, other.family) and len(word) > 1:
        return Agreement.FAMILY_ONLY
    given = _given(word, other.given)
    return Agreement.GIVEN_ONLY if given in STRONG else Agreement.DIFFERENT


def _given(first: str, second: str) -> Agreement:
    """Two given names."""
    if first == second:
        return Agreement.INITIAL if len(first) == 1 else Agreement.SAME
    if len(first) == 1 or len(second) == 1:
        is_initial = first[0] in _initials(second) or second[0] in _initials(first)
        return Agreement.INITIAL if is_initial else Agreement.DIFFERENT
    if not _formal(first).isdisjoint(_formal(second)):
        return Agreement.NICKNAME
    if first in KNOWN_NAMES and second in KNOWN_NAMES:
        return Agreement.ALIKE if first[0] == second[0] else Agreement.DIFFERENT
    if _word_slips(first, second):
        return Agreement.SLIP
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 2 and longer.startswith(shorter):
        return Agreement.NICKNAME
    return Agreement.ALIKE if first[0] == second[0] else Agreement.DIFFERENT


def _formal(word: str) -> frozenset[str]:
    return FORMAL_NAMES.get(word, frozenset()) | {word}


def _initials(word: str) -> set[str]:
    return {each[0] for each in _formal(word)}


def _word_slips(first: str, second: str) -> bool:
    """Whether one slip of typing, two in a long word, makes one of the other, or none. Of three
    letters only the order may differ: Bao is no slip of Mao."""
    if first == second:
        return True
    shorter = min(len(first), len(second))
    if shorter < SHORTEST_SLIP:
        return shorter > 2 and sorted(first) == sorted(second)
    most = 2 if shorter >= LONG else 1
    return OSA.distance(first, second, score_cutoff=most) <= most


def _family(first: Name, second: Name) -> Agreement | None:
    """Two family names: the same, a slip, a part of a double name, or None."""
    if first.family == second.family:
        return Agreement.SAME
    if _word_slips(first.family, second.family):
        return Agreement.SLIP
    one, other = set(first.words[1:]), set(second.words[1:])
    if any(len(word) > 2 for word in one & other):
        return Agreement.SAME
    whole, parts = sorted(("".join(first.words[1:]), "".join(second.words[1:])), key=len)
    return Agreement.SAME if whole == parts else None


def _is_swapped(first: Name, second: Name) -> bool:
    given = _given(first.given, second.family)
    family = _given(first.family, second.given)
    return given in STRONG and family in STRONG


def _is_middle(first: Name, second: Name) -> bool:
    """Whether one goes by the middle name that the other gives."""
    return any(
        len(one.words) > 2
        and any(_given(word, other.given) in STRONG for word in one.words[1:-1] if len(word) > 1)
        for one, other in ((first, second), (second, first))
    )
