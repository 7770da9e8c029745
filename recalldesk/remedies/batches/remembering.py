"""Lines that a restore forgot come back from the journal, so that what is said of them is taken.

Guarantee: a line that is remembered has left, and leaves in no other file.
"""

from collections.abc import Collection

from recalldesk.remedies.batches.left import entries_of
from recalldesk.remedies.batches.listing import list_order
from recalldesk.remedies.batches.states import BatchKind
from recalldesk.remedies.models import Batch, BatchLine, Order


def remember_lines(*, marks: Collection[str], files: Collection[str]) -> int:
    """Lists again, as having left, what the journal knows and no row does; how many.

    An order that a restore lost as well is adopted first, when its remedy is granted again.
    """
    known = BatchLine.objects.filter(mark__in=marks).values_list("mark", flat=True)
    known_files = Batch.objects.filter(reference__in=files).values_list("reference", flat=True)
    unknown, lost = set(marks) - set(known), set(files) - set(known_files)
    if not unknown and not lost:
        return 0
    entries = {entry["remedy"]: entry for entry in entries_of(unknown, lost)}
    orders = Order.objects.filter(remedy_id__in=list(entries), line__isnull=True)
    for order in orders:
        entry = entries[str(order.remedy_id)]
        line = list_order(order.remedy_id, BatchKind(entry["kind_of_file"]), order.currency)
        line.left_in = entry["file"]
        line.save(update_fields=["left_in"])
    return len(orders)
