"""An order is put into the file that collects, once, and may be taken off until the file freezes.

Guarantees: whoever lists it at the same moment, or again, finds the one line; a file that freezes
meanwhile takes it whole or not at all.
"""

import uuid

from django.db import transaction

from recalldesk.foundation import clock
from recalldesk.remedies.batches.left import left_in_files
from recalldesk.remedies.batches.marks import BITS, mark_of
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState
from recalldesk.remedies.models import Batch, BatchLine, Order

MOST_MARKS = 128 // BITS - 10


def line_of(remedy_id: uuid.UUID) -> BatchLine | None:
    """The line of a remedy's order; None where it is in no file."""
    rows = BatchLine.objects.select_related("batch", "order")
    return rows.filter(order__remedy_id=remedy_id).first()


@transaction.atomic
def list_order(remedy_id: uuid.UUID, kind: BatchKind, currency: str = "") -> BatchLine:
    """Puts the order of a remedy into the open file of its recall; the line it has already."""
    order = Order.objects.select_for_update().get(remedy_id=remedy_id)
    if line := line_of(remedy_id):
        return line
    batch = _open_batch(kind, order.recall_id, currency)
    marks = [mark_of(remedy_id, again) for again in range(MOST_MARKS)]
    taken = set(BatchLine.objects.filter(mark__in=marks).values_list("mark", flat=True))
    mark = next(each for each in marks if each not in taken)
    return BatchLine.objects.create(batch=batch, order=order, mark=mark)


@transaction.atomic
def take_off(line: BatchLine) -> bool:
    """Takes a line off; False, and nothing done, where it left or its file is frozen."""
    batch = Batch.objects.select_for_update().get(pk=line.batch_id)
    has_left = left_in_files({str(line.order.remedy_id)})
    if batch.state != BatchState.OPEN or has_left:
        return False
    line.state, line.told_at = LineState.CANCELLED, clock.now()
    line.save(update_fields=["state", "told_at"])
    return True


def _open_batch(kind: BatchKind, recall_id: int, currency: str) -> Batch:
    """The file that collects, locked: it does not freeze before the caller has committed."""
    while True:
        found, _ = Batch.objects.get_or_create(
            kind=kind, recall_id=recall_id, currency=currency, state=BatchState.OPEN
        )
        batch = Batch.objects.select_for_update().get(pk=found.pk)
        if batch.state == BatchState.OPEN:
            return batch
