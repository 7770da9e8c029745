"""Holds on one thing, for its page at the desk.

Guarantee: whoever may not see keeping reads that it is held, and since when; no more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.overview import names_of


@dataclass(frozen=True)
class HoldShown:
    """One hold. `number`: None, and `names`, `by` empty, for whoever may not see keeping."""

    since: datetime
    number: int | None = None
    names: str = ""
    by: str = ""


def holds_shown(holds: Collection[LegalHold], *, by: Staff) -> tuple[HoldShown, ...]:
    """As much of them as somebody may know."""
    if holds and not by.may(Permission.SEE_KEEPING):
        return (HoldShown(min(each.placed_at for each in holds)),)
    return tuple(
        HoldShown(
            each.placed_at,
            each.pk,
            names_of(each),
            each.placed_by.name if each.placed_by else "a restore",
        )
        for each in holds
    )
