"""Rejected lines of shops' files are forgotten once nobody sends them back any more.

Guarantee: how many there were, and why each was not taken, stays.
"""

from recalldesk.keeping.rejects import empty_rejects
from recalldesk.remedies.models import CorrectionReject


def forget_rejected_rows() -> int:
    """Empties the lines of files that were kept as long as they may be; how many."""
    return empty_rejects(CorrectionReject)
