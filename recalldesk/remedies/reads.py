"""The door to remedies: what a unit has."""

from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import EFFECTIVE


def effective_remedy(unit_digest: bytes) -> Remedy | None:
    """The newest remedy of a unit that counts, under whatever recall; None where there is none."""
    rows = Remedy.objects.filter(entitlement__unit_digest=unit_digest, state__in=EFFECTIVE)
    return rows.order_by("-created_at").first()
