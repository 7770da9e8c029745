"""The door to remedies: what a unit has."""

from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import EFFECTIVE


def effective_remedy(
    *, unit_digest: bytes, grant: int | None = None, is_locked: bool = False
) -> Remedy | None:
    """The newest remedy of a unit that counts, under whatever recall; None where there is none.

    `grant`: only of this grant. `is_locked`: it is locked until the caller's transaction ends.
    """
    rows = Remedy.objects.filter(entitlement__unit_digest=unit_digest, state__in=EFFECTIVE)
    if grant is not None:
        rows = rows.filter(entitlement__grant=grant)
    rows = rows.order_by("-created_at")
    return (rows.select_for_update(of=("self",)) if is_locked else rows).first()
