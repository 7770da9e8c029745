"""Which records of order files, registrations and owners' claims are of the same person, and why.

Guarantees: whatever joins two has its reasons; a shop's alias of an e-mail address joins nobody;
what a person has settled is obeyed. Joining silences nobody: nothing here drops a contact.
"""

from recalldesk.matching.people.clusters import Clusters, cluster
from recalldesk.matching.people.judging import judge
from recalldesk.matching.people.keys import KeyKind, keys_of
from recalldesk.matching.people.records import PersonRecord, RecordKind
from recalldesk.matching.people.said import Doubt, Doubtful, Join, Joined, JoinReason, Settled

__all__ = [
    "Clusters",
    "Doubt",
    "Doubtful",
    "Join",
    "JoinReason",
    "Joined",
    "KeyKind",
    "PersonRecord",
    "RecordKind",
    "Settled",
    "cluster",
    "judge",
    "keys_of",
]
