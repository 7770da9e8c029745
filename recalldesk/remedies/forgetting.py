"""Who got a remedy is forgotten with its owner.

Guarantees: orders stay with their amounts, dates and names at their providers; who got them, where,
how a parcel could be followed, and what providers were sent and answered, is gone; what somebody
else gets for the same unit is not touched. What stands in a file for warehouse or bank goes when
nobody needs that file any more (`batches/erasing.py`).
"""

import uuid
from collections.abc import Collection

from django.db.models import Q

from recalldesk.remedies.models import Attempt, BatchLine, Order, Remedy
from recalldesk.remedies.states import INEFFECTIVE


def forget_recipients(remedy_ids: Collection[uuid.UUID]) -> int:
    """Empties the orders of these remedies, and of those before them that came to nothing; how
    many."""
    owed = Remedy.objects.filter(pk__in=remedy_ids).values("entitlement_id")
    before = Q(remedy__entitlement_id__in=owed, remedy__state__in=INEFFECTIVE)
    orders = Order.objects.filter(before | Q(remedy_id__in=remedy_ids))
    BatchLine.objects.filter(order__in=orders).update(sealed_tracking=b"")
    Attempt.objects.filter(order__in=orders).update(sealed_sent=b"", sealed_answered=b"")
    return orders.update(sealed_recipient=b"", sealed_tracking=b"")
