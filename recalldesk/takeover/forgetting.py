"""Rejected lines and names of photos are forgotten once nobody needs them any more.

Guarantee: how many lines there were, and why each was not taken, stays.
"""

from recalldesk.claims.states import FilingState
from recalldesk.keeping.rejects import empty_rejects
from recalldesk.takeover.models import TakenPhoto, TakeoverReject


def forget_rejected_rows() -> int:
    """Empties the lines of files that were kept as long as they may be; how many."""
    return empty_rejects(TakeoverReject)


def forget_names_of_photos() -> int:
    """Empties the names of photos whose owner was erased; how many. One that came in has none."""
    rows = TakenPhoto.objects.filter(claim__claim__filing__state=FilingState.ERASED)
    return rows.exclude(sealed_name=b"").update(sealed_name=b"")
