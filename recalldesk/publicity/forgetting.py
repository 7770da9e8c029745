"""What leads to sellers on auction sites is kept for five years and no longer,
unless a firm sets less or a legal hold keeps it.

Guarantee: the row stays with its number and all that names nobody; no figure changes.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.stubs import note_rows_erased
from recalldesk.keeping.terms import old_before
from recalldesk.publicity.models import AuctionCheck


@transaction.atomic
def forget_sellers() -> int:
    """Empties links and notes of old looks; returns of how many."""
    lock_erasing()
    left = _due(clock.now()).exclude(_held())
    count = left.update(sealed_links=b"", sealed_note=b"")
    note_rows_erased(Kind.SELLERS, count, recall_id=None)
    return count


def _due(now: datetime) -> QuerySet[AuctionCheck]:
    old = AuctionCheck.objects.filter(at__lt=old_before(Kind.SELLERS, now, recall="recall_id"))
    return old.exclude(Q(sealed_links=b"") & Q(sealed_note=b""))


def _held() -> Q:
    return held_rows([Kind.SELLERS], recall="recall_id")


SELLERS = Eraser("publicity.sellers", Kind.SELLERS, _due, _held)
