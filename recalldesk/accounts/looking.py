"""Who looks at figures and the rows behind them: staff by a permission, or from a seat.

Guarantee: whoever looks from a seat sees the recall of that seat and no other, whatever address
asked; `FromSeat` is made by `inquiries.seats` alone, after it found the seat.
"""

from collections.abc import Collection
from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission


@dataclass(frozen=True)
class FromSeat:
    """Somebody who looks at one recall as an authority does: rows are masked, nothing is taken."""

    person: Staff
    recall_id: int


Looking = Staff | FromSeat


def require_look(by: Looking, permission: Permission, recall_ids: Collection[int]) -> None:
    """Raises NotPermitted: the person lacks the permission, or the seat is not at these recalls."""
    if isinstance(by, Staff):
        require(by, permission)
        return
    require(by.person, Permission.SEE_REPORTS)
    if set(recall_ids) != {by.recall_id}:
        raise NotPermitted("This seat is at another recall.", "Open it from your start page.")


def may_look(by: Looking, permission: Permission) -> bool:
    """Whether what needs this permission beside the look itself is shown; from a seat never."""
    return isinstance(by, Staff) and by.may(permission)
