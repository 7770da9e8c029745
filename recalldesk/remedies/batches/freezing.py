"""A file is frozen: from then on its bytes are the same for ever.

Guarantees: bytes, digest, number of lines and control sum are kept in the transaction that freezes;
what left in a file that a restore forgot leaves in no other.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import structlog
from django.conf import settings
from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.batches.left import left_in_files
from recalldesk.remedies.batches.made import Entry, Head, entry_of, files_of
from recalldesk.remedies.batches.states import BatchKind, BatchState, FileForm, LineState
from recalldesk.remedies.models import Batch, BatchFile, BatchLine
from recalldesk.sealing.fields_of_rows import sealed

log = structlog.get_logger()


def freeze_due(now: datetime) -> int:
    """Freezes the files that began to collect before the day's moment; how many froze."""
    due = Batch.objects.filter(state=BatchState.OPEN, opened_at__lt=last_moment(now))
    numbers = due.order_by("pk").values_list("pk", flat=True)
    return sum(_frozen_or_later(number) for number in list(numbers))


def freeze(*, number: int, by: Staff) -> bool:
    """Freezes one file now; False, and nothing done, where it holds no line. Raises NotPermitted.

    One that is frozen already stays as it is.
    """
    require(by, Permission.HAND_OUT_FILES)
    return _frozen(number, by)


def last_moment(now: datetime) -> datetime:
    """The last moment of a day (`RECALLDESK_FILES_READY_AT`) at which files were to freeze."""
    hour, minute = map(int, settings.ENVIRONMENT.files_ready_at.split(":"))
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment <= now else moment - timedelta(days=1)


def _frozen_or_later(number: int) -> bool:
    """One file that cannot be made keeps no other from being ready."""
    try:
        return _frozen(number, None)
    except Exception as error:
        log.error("file_left_for_next_time", file=number, error=type(error).__name__)
        return False


@transaction.atomic
def _frozen(number: int, by: Staff | None) -> bool:
    """Whether it is frozen now. Its orders do not change, so that they are read unlocked."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("recall").get(pk=number)
    if batch.state != BatchState.OPEN:
        return True
    lines = _lines_of(batch)
    if not lines:
        return False
    entries = [entry_of(line) for line in lines]
    head = _head(batch, entries)
    batch.state, batch.frozen_at, batch.reference = BatchState.FROZEN, head.at, head.reference
    batch.lines_count, batch.total = len(entries), head.total
    batch.save()
    for form, content in files_of(BatchKind(batch.kind), head, entries).items():
        _keep(batch, form, content)
    record_change(
        subject=Subject.BATCH,
        subject_id=batch.pk,
        from_state=BatchState.OPEN,
        to_state=BatchState.FROZEN,
        actor=Actor.STAFF if by else Actor.MACHINE,
        actor_id=by.pk if by else None,
        recall_id=batch.recall_id,
    )
    return True


def _lines_of(batch: Batch) -> Sequence[BatchLine]:
    """Those that leave with it: not what had left in another file before a restore."""
    rows = batch.lines.exclude(state=LineState.CANCELLED).filter(left_in="").order_by("pk")
    lines = list(rows.select_related("order__remedy__recall"))
    left = left_in_files({str(line.order.remedy_id) for line in lines})
    for line in lines:
        if file := left.get(str(line.order.remedy_id)):
            line.left_in = file
            line.save(update_fields=["left_in"])
    return [line for line in lines if not line.left_in]


def _head(batch: Batch, entries: Sequence[Entry]) -> Head:
    """The moment stands in the reference: after a restore the numbers of rows come again."""
    now = clock.now()
    return Head(
        number=batch.pk,
        reference=f"RD{batch.pk}-{now:%Y%m%d%H%M%S}",
        recall=batch.recall.slug,
        currency=batch.currency,
        at=now,
        total=sum((each.amount for each in entries), Decimal(0)),
    )


def _keep(batch: Batch, form: FileForm, content: bytes) -> None:
    text = base64.b64encode(content).decode()
    BatchFile.objects.create(
        batch=batch,
        form=form,
        sealed_content=sealed(BatchFile, "sealed_content", text, recall_id=batch.recall_id),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
