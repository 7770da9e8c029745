"""Rejected lines of files of reports are forgotten once nobody sends them back any more.

Guarantee: how many there were, and why each was not taken, stays.
"""

from recalldesk.incidents.models import IncidentReject
from recalldesk.keeping.rejects import empty_rejects


def forget_rejected_reports() -> int:
    """Empties the lines of files that were kept as long as they may be; how many."""
    return empty_rejects(IncidentReject)
