"""The rows of claims, by what they are about."""

from recalldesk.claims.models.access import AccessLink, FreshCode, Pass
from recalldesk.claims.models.agreement import AgreedText, Agreement
from recalldesk.claims.models.claim import Claim
from recalldesk.claims.models.filing import Filing
from recalldesk.claims.models.message import Message

__all__ = [
    "AccessLink",
    "AgreedText",
    "Agreement",
    "Claim",
    "Filing",
    "FreshCode",
    "Message",
    "Pass",
]
