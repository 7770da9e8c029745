"""Nothing is ordered while the installation does not know what its providers did.

Guarantee: a hold stands until a reconciliation found nothing open, or the operator lifts it.
"""

from recalldesk.foundation import clock
from recalldesk.remedies.models import PlacingHold

RESTORED = "restored"
"""Why a hold stands after a restore."""
JOURNAL_LOST = "journal_lost"
"""Why one stands that a person must lift: what left since the backup is not known to anybody."""


def is_held() -> bool:
    """Whether nothing may be ordered."""
    return PlacingHold.objects.filter(lifted_at__isnull=True).exists()


def hold(reason: str) -> PlacingHold:
    """Stops all ordering; one that stops it already for the same reason stays."""
    there = PlacingHold.objects.filter(lifted_at__isnull=True, reason=reason).first()
    return there or PlacingHold.objects.create(reason=reason)


def lift(reason: str = "") -> int:
    """Lets orders be placed again, where a reason is named only what stood for it; returns how many
    holds there were.
    """
    held = PlacingHold.objects.filter(lifted_at__isnull=True)
    return (held.filter(reason=reason) if reason else held).update(lifted_at=clock.now())
