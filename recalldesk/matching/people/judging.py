"""Whether two records are of one person: the rule.

Guarantees: symmetric; no contact joins without a name that agrees, but for a record that gives no
name; whatever is said has its reasons. Joining silences nobody: each record keeps its contacts.
"""

from recalldesk.matching.people.contacts import points, shared_contacts
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
    Agreement.NO_NAME: 4,
    Agreement.OTHER_GENERATION: 7,
}
"""From how many points of what they share two records are joined; the others never are."""
ASKED_FROM = {
    Agreement.SAME: 2,
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
    Agreement.ALIKE: 4,
}
"""From how many somebody is asked."""
MOST_POINTS = 12


def judge(first: PersonRecord, second: PersonRecord) -> Joined | Doubtful | None:
    """What is said of two records; None: nothing to join or to ask. An alias says nothing."""
    return judge_profiles(profile_of(first), profile_of(second))


def judge_profiles(first: Profile, second: Profile) -> Joined | Doubtful | None:
    """The same of what was read already."""
    named = agreement(first.name, second.name)
    if named is Agreement.DIFFERENT:
        return None
    shared = shared_contacts(first, second)
    worth = points(shared, first, second)
    if worth < ASKED_FROM[named]:
        return None
    reasons = (NAMED[named], *shared)
    if (first.crowded | second.crowded) and worth < points(shared, UNCROWDED, UNCROWDED):
        reasons = (*reasons, JoinReason.SHARED_BY_MANY)
    if named in JOINED_FROM and worth >= JOINED_FROM[named]:
        return Joined(reasons, worth)
    return Doubtful(reasons, _weight(named, worth))


def _weight(named: Agreement, worth: int) -> float:
    """How likely it is that they are one: more with each point, less with a weaker name."""
    most = 0.9 if named in STRONG else 0.6
    return round(most * min(worth, MOST_POINTS) / MOST_POINTS + 0.1, 2)


UNCROWDED = profile_of(PersonRecord(id=0))
