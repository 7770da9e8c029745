"""Rejected lines of another system's files are forgotten once nobody sends them back any more.

Guarantee: how many there were, and why each was not taken, stays.
"""

from datetime import timedelta

from recalldesk.foundation import clock
from recalldesk.takeover.models import TakeoverReject

KEPT_FOR = timedelta(days=90)


def forget_rejected_rows() -> int:
    """Empties the lines of files that were taken in so long ago; how many."""
    old = TakeoverReject.objects.filter(file__at__lt=clock.now() - KEPT_FOR)
    return old.exclude(sealed_row=b"").update(sealed_row=b"")
