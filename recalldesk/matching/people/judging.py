"""Whether two records are of one person: the rule.

Guarantees: symmetric; no contact joins without a name that agrees, but for a record that gives no
name; whatever is said has its reasons. Joining silences nobody: each record keeps its contacts.
"""

from recalldesk.matching.people.contacts import PLACES, points, shared_contacts
from recalldesk.matching.people.naming import STRONG, Agreement, agreement
from recalldesk.matching.people.profiles import Profile, profile_of
from recalldesk.matching.people.records import PersonRecord
from recalldesk.matching.people.said import Doubtful, Joined, JoinReason

NAMED = {
    Agreement.SAME: JoinReason.SAME_NAME,
    Agreement.NICKNAME: JoinReason.NICKNAME,
    Agreement.SLIP: JoinReason.NAME_SLIP,
    Agreement.SWAPPED: JoinReason.NAME_SWAPPED,
    Agreement.INITIAL: JoinReason.INITIAL,
    Agreement.GIVEN_ONLY: JoinReason.GIVEN_NAME,
    Agreement.FAMILY_ONLY: JoinReason.FAMILY_NAME,
    Agreement.COUPLE: JoinReason.COUPLE,
    Agreement.NO_NAME: JoinReason.NO_NAME,
    Agreement.OTHER_GENERATION: JoinReason.OTHER_GENERATION,
    Agreement.ORGANISATION: JoinReason.ORGANISATION,
    Agreement.ALIKE: JoinReason.OTHER_GIVEN_NAME,
}
JOINED_FROM = {
    Agreement.SAME: 2,
    Agreement.NICKNAME: 3,
    Agreement.SLIP: 3,
    Agreement.SWAPPED: 3,
    Agreement.INITIAL: 3,
    Agreement.GIVEN_ONLY: 4,
    Agreement.FAMILY_ONLY: 4,
    Agreement.COUPLE: 3,
    Agreement.NO_NAME: 3,
    Agreement.OTHER_GENERATION: 3,
}
"""From how many points of what they share two records are joined; the others never are."""
FITS_SEVERAL = frozenset(
    {
        Agreement.GIVEN_ONLY,
        Agreement.FAMILY_ONLY,
        Agreement.COUPLE,
        Agreement.NO_NAME,
        Agreement.OTHER_GENERATION,
    }
)
"""Names that fit several of one house, or of one firm: an own box tells who it is, or for most of
them a number and an address together."""
WITHOUT_EMAIL = 6
ASKED_FROM = {
    Agreement.SAME: 1,
    Agreement.NICKNAME: 2,
    Agreement.SLIP: 2,
    Agreement.SWAPPED: 2,
    Agreement.INITIAL: 2,
    Agreement.GIVEN_ONLY: 3,
    Agreement.FAMILY_ONLY: 3,
    Agreement.COUPLE: 3,
    Agreement.NO_NAME: 3,
    Agreement.OTHER_GENERATION: 3,
    Agreement.ORGANISATION: 4,
    Agreement.ALIKE: 7,
}
"""From how many somebody is asked."""
SOLID = frozenset(
    {
        JoinReason.SAME_EMAIL,
        JoinReason.SAME_PHONE,
        JoinReason.SAME_FLAT,
        JoinReason.SAME_HOUSE,
    }
)
SURER = {Agreement.SAME: 3, Agreement.NICKNAME: 2, Agreement.SLIP: 2, Agreement.SWAPPED: 1}
"""Points for the name, where joins stand in line: an initial fits two of one house, a name one."""
LIKELY = {
    Agreement.SAME: 0.6,
    Agreement.NICKNAME: 0.3,
    Agreement.SLIP: 0.7,
    Agreement.SWAPPED: 0.5,
    Agreement.INITIAL: 0.2,
    Agreement.GIVEN_ONLY: 0.5,
    Agreement.FAMILY_ONLY: 0.3,
    Agreement.COUPLE: 0.3,
    Agreement.NO_NAME: 0.3,
    Agreement.OTHER_GENERATION: 0.15,
    Agreement.ORGANISATION: 0.3,
    Agreement.ALIKE: 0.6,
}
"""How likely two are one about whom somebody is asked: about as in the made-up records."""
FOR_A_POINT = 0.02


def judge(first: PersonRecord, second: PersonRecord) -> Joined | Doubtful | None:
    """What is said of two records; None: nothing to join or to ask. An alias says nothing."""
    return judge_profiles(profile_of(first), profile_of(second))


def judge_profiles(first: Profile, second: Profile) -> Joined | Doubtful | None:
    """The same of what was read already."""
    named = agreement(first.name, second.name)
    if named is Agreement.DIFFERENT:
        return None
    shared = shared_contacts(first, second)
    crowded = (first.crowded | second.crowded) & ~(PLACES if named in STRONG else 0)
    worth = points(shared, crowded)
    if worth < ASKED_FROM[named]:
        return None
    reasons = (NAMED[named], *shared)
    if crowded and worth < points(shared):
        reasons = (*reasons, JoinReason.SHARED_BY_MANY)
    if _is_joined(named, worth, shared, first, second):
        return Joined(reasons, worth + SURER.get(named, 0))
    return Doubtful(reasons, _weight(named, worth))


def _is_joined(
    named: Agreement, worth: int, shared: list[JoinReason], first: Profile, second: Profile
) -> bool:
    if named not in JOINED_FROM or worth < JOINED_FROM[named]:
        return False
    if SOLID.isdisjoint(shared):  # slips alone: of two neighbours one has a number like the other's
        return named is Agreement.SAME and JoinReason.ADDRESS_SLIP in shared
    if named not in FITS_SEVERAL:
        return True
    if named is Agreement.GIVEN_ONLY:
        return JoinReason.SAME_EMAIL in shared and _is_own_box(first, second)
    if JoinReason.SAME_PHONE in shared and worth >= WITHOUT_EMAIL:
        return True
    return JoinReason.SAME_EMAIL in shared


def _is_own_box(first: Profile, second: Profile) -> bool:
    """Whether the box is called by the given name, and not by what many at a firm write to."""
    box = first.email.partition("@")[0]
    return any(len(each.name.given) > 2 and each.name.given in box for each in (first, second))


def _weight(named: Agreement, worth: int) -> float:
    """By the name above all; a little more with each point of what they share."""
    return round(LIKELY[named] + FOR_A_POINT * worth, 2)
