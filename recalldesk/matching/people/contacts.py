"""What two records share of e-mail, phone and address.

Guarantee: symmetric; a slip is found only where the rest of the same contact agrees.
"""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from recalldesk.matching.people.keys import KeyKind
from recalldesk.matching.people.profiles import Profile
from recalldesk.matching.people.said import JoinReason

POINTS = {
    JoinReason.SAME_EMAIL: 4,
    JoinReason.SAME_PHONE: 3,
    JoinReason.SAME_FLAT: 3,
    JoinReason.SAME_HOUSE: 2,
    JoinReason.EMAIL_SLIP: 2,
    JoinReason.PHONE_SLIP: 2,
    JoinReason.ADDRESS_SLIP: 2,
    JoinReason.OTHER_EMAIL: -1,
    JoinReason.OTHER_PHONE: -1,
}
"""How much it says that two records share something, or differ in it. Another address says nothing:
the same name with the same number is somebody who moved."""
CROWDED_POINTS = 1
"""How much of it is left where many names share it: a hotel's address, a shop's own number."""
SHORTEST_LOCAL = 5


def shared_contacts(first: Profile, second: Profile) -> list[JoinReason]:
    """What they share, and in what they differ."""
    return [
        each
        for each in (_email(first, second), _phone(first, second), _address(first, second))
        if each is not None
    ]


def points(shared: Iterable[JoinReason], crowded: int = 0) -> int:
    """How much all of it says. `crowded`: bits of what many names share."""
    return sum(_points(each, crowded) for each in shared)


def _points(reason: JoinReason, crowded: int) -> int:
    kind = OF_KIND.get(reason)
    worth = POINTS.get(reason, 0)
    is_crowded = kind is not None and crowded & bit_of(kind)
    return min(worth, CROWDED_POINTS) if is_crowded else worth


NO_FLAT = "/ "
"""How the form of an address ends that names none."""
FLAT = 0
"""Where a flat is crowded, and not only the house it is in."""
OF_KIND: Mapping[JoinReason, int] = {
    JoinReason.SAME_EMAIL: KeyKind.EMAIL,
    JoinReason.SAME_PHONE: KeyKind.PHONE,
    JoinReason.SAME_FLAT: FLAT,
    JoinReason.SAME_HOUSE: KeyKind.ADDRESS,
}


PLACES = 1 << FLAT | 1 << KeyKind.ADDRESS
"""The bits of addresses. They say less only of a name that fits several: that two of one whole name
live in one large building is rare, and that two of them were given one shop's number is not."""


def bit_of(kind: int) -> int:
    """The bit of `Profile.crowded` for a kind of key."""
    return 1 << kind


def _email(first: Profile, second: Profile) -> JoinReason | None:
    one, other = first.email, second.email
    if not one or not other:
        return None
    if one == other:
        return JoinReason.SAME_EMAIL
    return JoinReason.EMAIL_SLIP if _is_email_slip(one, other) else JoinReason.OTHER_EMAIL


def _is_email_slip(one: str, other: str) -> bool:
    """Whether one sign of the name, or of the host, was mistyped."""
    local, _, host = one.partition("@")
    other_local, _, other_host = other.partition("@")
    if min(len(local), len(other_local)) < SHORTEST_LOCAL:
        return False
    if local == other_local:
        return OSA.distance(host, other_host, score_cutoff=1) <= 1
    if host != other_host or _digits(local) != _digits(other_local):
        return False
    return OSA.distance(local, other_local, score_cutoff=1) <= 1


def _digits(text: str) -> str:
    """Numbers in an address tell two people apart: jane82, jane83."""
    return "".join(each for each in text if each.isdigit())


def _phone(first: Profile, second: Profile) -> JoinReason | None:
    one, other = first.phone, second.phone
    if not one or not other:
        return None
    if one == other:
        return JoinReason.SAME_PHONE
    is_slip = OSA.distance(one, other, score_cutoff=1) <= 1
    return JoinReason.PHONE_SLIP if is_slip else JoinReason.OTHER_PHONE


def _address(first: Profile, second: Profile) -> JoinReason | None:
    if not first.house or not second.house:
        return None
    if first.house == second.house:
        if first.flat == second.flat:
            return JoinReason.SAME_FLAT
        is_open = first.flat.endswith(NO_FLAT) or second.flat.endswith(NO_FLAT)
        return JoinReason.SAME_HOUSE if is_open else JoinReason.OTHER_ADDRESS
    return (
        JoinReason.ADDRESS_SLIP if _is_slip(first.house, second.house) else JoinReason.OTHER_ADDRESS
    )


def _is_slip(first: str, second: str) -> bool:
    """Whether one letter or number of the street, or of the postal code, was mistyped."""
    one, other = first.split(" ", 2), second.split(" ", 2)
    if one[0] != other[0] or len(one) < 3 or len(other) < 3:
        return False
    if one[1] != other[1]:
        return one[2] == other[2] and OSA.distance(one[1], other[1], score_cutoff=1) <= 1
    return OSA.distance(one[2], other[2], score_cutoff=2) <= 2
