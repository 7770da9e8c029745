"""The rows of claims, by what they are about."""

from recalldesk.claims.models.access import AccessLink, FreshCode, Pass
from recalldesk.claims.models.agreement import AgreedText, Agreement
from recalldesk.claims.models.claim import Claim
from recalldesk.claims.models.contact import Contact
from recalldesk.claims.models.decision import Decision
from recalldesk.claims.models.erased_key import ErasedKey
from recalldesk.claims.models.filing import Filing
from recalldesk.claims.models.filing_key import FilingKey
from recalldesk.claims.models.former_reference import FormerReference
from recalldesk.claims.models.late_lead import LateLead
from recalldesk.claims.models.list_export import ListExport
from recalldesk.claims.models.message import Message
from recalldesk.claims.models.saved_view import SavedView
from recalldesk.claims.models.unit_list import ToldLines, UnitList

__all__ = [
    "AccessLink",
    "AgreedText",
    "Agreement",
    "Claim",
    "Contact",
    "Decision",
    "ErasedKey",
    "Filing",
    "FilingKey",
    "FormerReference",
    "FreshCode",
    "LateLead",
    "ListExport",
    "Message",
    "Pass",
    "SavedView",
    "ToldLines",
    "UnitList",
]
