"""Nothing is ordered while the installation does not know what its providers did.

Guarantee: a hold stands until a reconciliation found nothing open, or the operator lifts it.
"""

from recalldesk.foundation import clock
from recalldesk.remedies.models import PlacingHold


def is_held() -> bool:
    """Whether nothing may be ordered."""
    return PlacingHold.objects.filter(lifted_at__isnull=True).exists()


def hold(reason: str) -> PlacingHold:
    """Stops all ordering; one that stops it already stays."""
    there = PlacingHold.objects.filter(lifted_at__isnull=True).first()
    return there or PlacingHold.objects.create(reason=reason)


def lift() -> int:
    """Lets orders be placed again; returns how many holds there were."""
    return PlacingHold.objects.filter(lifted_at__isnull=True).update(lifted_at=clock.now())
