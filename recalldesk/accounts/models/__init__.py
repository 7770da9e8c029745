"""Staff, partners, and what lets each in."""

from recalldesk.accounts.models.api_key import ApiKey
from recalldesk.accounts.models.partner import Partner, PartnerLink, PartnerPass
from recalldesk.accounts.models.staff import DeskSession, Invitation, Staff

__all__ = [
    "ApiKey",
    "DeskSession",
    "Invitation",
    "Partner",
    "PartnerLink",
    "PartnerPass",
    "Staff",
]
