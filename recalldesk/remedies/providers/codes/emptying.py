"""The codes of owners who were erased are emptied after a while, unless a legal hold keeps them.

Guarantee: the row stays as handed out, so that nobody else gets the code; what it was is gone.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from recalldesk.foundation import clock
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached
from recalldesk.remedies.models import GiftCode

KEPT_AFTER_ERASURE = timedelta(days=30)
"""So long it can still be said which code was given, should a shop and the firm differ."""


def empty_later(remedy_ids: list[uuid.UUID]) -> int:
    """Has the codes of these remedies emptied; one that is to be already keeps its day."""
    at = clock.now() + KEPT_AFTER_ERASURE
    rows = GiftCode.objects.filter(handed_to__in=remedy_ids).exclude(sealed_code=b"")
    return rows.update(empty_at=Coalesce(F("empty_at"), at))


@transaction.atomic
def empty_due() -> int:
    """Empties those whose time has come; how many."""
    lock_erasing()
    held = held_rows(
        [Kind.GIFT_CODES, Kind.OWNER], recall="pool__recall_id", of=Reached.REMEDY, pk="handed_to"
    )
    due = GiftCode.objects.filter(empty_at__lte=clock.now()).exclude(held)
    return due.update(sealed_code=b"", sealed_pin=b"", empty_at=None)
