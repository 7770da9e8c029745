"""The rows of this package: files, purchases, purchasers, and who is one person."""

from recalldesk.purchasers.models.file import OrderFile, OrderReject
from recalldesk.purchasers.models.person import FilingLook, Join, Person, SamePersonQuestion
from recalldesk.purchasers.models.purchase import (
    ContactPoint,
    Purchase,
    Purchaser,
    PurchaserKey,
    Sighting,
)

__all__ = [
    "ContactPoint",
    "FilingLook",
    "Join",
    "OrderFile",
    "OrderReject",
    "Person",
    "Purchase",
    "Purchaser",
    "PurchaserKey",
    "SamePersonQuestion",
    "Sighting",
]
