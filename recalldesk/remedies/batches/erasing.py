"""Names, addresses and accounts go once nobody needs them: from the order, and from the file.

Guarantees: what may still come back keeps what it needs; marks, digests, sums and counts stay, so
that every figure keeps its rows; what a legal hold names
stays; running again changes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached
from recalldesk.remedies.batches.standing import SILENCE_PAYS
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState
from recalldesk.remedies.models import Batch, BatchLine, Order

KEPT_FOR = timedelta(days=14)
"""After a payment was confirmed, or a parcel delivered, returned or refused."""
SENT_FOR = timedelta(days=90)
"""After a parcel was sent of which nothing more is heard."""
OVER = (LineState.DONE, LineState.REFUSED_ACCOUNT, LineState.RETURNED, LineState.CANCELLED)
AT_ONCE = 500


def lines_over(now: datetime) -> Q:
    """Lines of which nobody needs to know whom they reach any more."""
    settled = Q(state__in=OVER, told_at__lt=now - KEPT_FOR)
    silent = Q(
        batch__kind=BatchKind.US_ACCOUNT,
        state__in=(LineState.LISTED, LineState.SENT),
        batch__handed_out_at__lt=now - SILENCE_PAYS - KEPT_FOR,
    )
    sent = Q(state=LineState.SENT, told_at__lt=now - SENT_FOR)
    return settled | silent | sent


def erase_what_is_over() -> int:
    """Empties recipients of orders, and files all of whose lines are over; how many of both."""
    now = clock.now()
    return _erase_recipients(now) + _erase_files(now)


def _held() -> Q:
    """The lines that a hold keeps."""
    kinds = [Kind.REMEDY_FILES, Kind.OWNER, Kind.PAYEE]
    recall, remedy = "order__recall_id", "order__remedy_id"
    return held_rows(kinds, recall=recall, of=Reached.REMEDY, pk=remedy)


@transaction.atomic
def _erase_recipients(now: datetime) -> int:
    lock_erasing()
    over = BatchLine.objects.filter(lines_over(now)).exclude(order__sealed_recipient=b"")
    over = over.exclude(_held())
    numbers = list(over.order_by("pk").values_list("order_id", flat=True)[:AT_ONCE])
    return Order.objects.filter(pk__in=numbers).update(sealed_recipient=b"")


def _erase_files(now: datetime) -> int:
    over = Batch.objects.filter(state=BatchState.FROZEN, journaled_at__isnull=False)
    over = over.exclude(pk__in=_needed(now).values("batch_id"))
    numbers = list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_erase_file(number) for number in numbers)


def _needed(now: datetime) -> QuerySet[BatchLine]:
    """Lines that keep their file. One that was taken off before stood in no file."""
    rows = BatchLine.objects.exclude(state=LineState.CANCELLED)
    over = rows.filter(lines_over(now)).exclude(_held())
    return rows.exclude(pk__in=over.values("pk"))


@transaction.atomic
def _erase_file(number: int) -> bool:
    lock_erasing()
    batch = Batch.objects.select_for_update().get(pk=number)
    if batch.state != BatchState.FROZEN or _needed(clock.now()).filter(batch=batch).exists():
        return False
    batch.files.update(sealed_content=b"")
    batch.state, batch.erased_at = BatchState.ERASED, clock.now()
    batch.save(update_fields=["state", "erased_at"])
    record_change(
        subject=Subject.BATCH,
        subject_id=batch.pk,
        from_state=BatchState.FROZEN,
        to_state=BatchState.ERASED,
        actor=Actor.MACHINE,
        recall_id=batch.recall_id,
    )
    return True
