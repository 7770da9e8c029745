"""Where a remedy stands, and how it may move."""

from collections.abc import Mapping

from django.db.models import TextChoices


class RemedyState(TextChoices):
    """The stages of a remedy, from the approval of its claim on."""

    WAITING = "waiting", "Waiting to be ordered"
    ORDERED = "ordered", "Ordered from its provider"
    SENT = "sent", "On its way"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"
    RETURNED = "returned", "Returned to the sender"


MOVES: Mapping[RemedyState, frozenset[RemedyState]] = {
    RemedyState.WAITING: frozenset({RemedyState.ORDERED, RemedyState.CANCELLED}),
    RemedyState.ORDERED: frozenset(
        {RemedyState.SENT, RemedyState.DELIVERED, RemedyState.CANCELLED, RemedyState.FAILED}
    ),
    RemedyState.SENT: frozenset({RemedyState.DELIVERED, RemedyState.FAILED, RemedyState.RETURNED}),
    RemedyState.DELIVERED: frozenset({RemedyState.RETURNED}),
    RemedyState.CANCELLED: frozenset(),
    RemedyState.FAILED: frozenset(),
    RemedyState.RETURNED: frozenset(),
}

INEFFECTIVE = (RemedyState.CANCELLED, RemedyState.FAILED, RemedyState.RETURNED)
"""In these the owner has nothing of it, and another may be ordered."""
EFFECTIVE = tuple(state for state in RemedyState if state not in INEFFECTIVE)
