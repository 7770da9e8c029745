"""Order files, and their rejected lines, are forgotten once nobody needs them any more.

Guarantees: a sealed file goes on the day on which it was kept long enough, and the log says so; how
many lines it had, and what was found in it, stays; a store that does not answer is asked again.
"""

from contextlib import suppress
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.rejects import empty_rejects
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.stubs import note_rows_erased
from recalldesk.keeping.terms import old_before
from recalldesk.purchasers import kept_files
from recalldesk.purchasers.models import OrderFile, OrderReject

IMPORTED, ERASED = "imported", "erased"

log = structlog.get_logger()


def erase_old_files() -> int:
    """Erases the files that were kept long enough; how many."""
    due = files_due(clock.now()).exclude(files_held())
    count = 0
    for number in list(due.order_by("pk").values_list("pk", flat=True)):
        try:
            count += _erased(number)
        except StoreUnreachable:
            log.error("order_file_not_erased", file=number)
    return count


def files_due(now: datetime) -> QuerySet[OrderFile]:
    """The files that are old enough at a moment, held or not."""
    old = old_before(Kind.ORDER_FILES, now, recall="recall_id")
    return OrderFile.objects.filter(at__lte=old).exclude(storage_key="")


def files_held() -> Q:
    """The files that a legal hold keeps: of any country, since a file is not of one."""
    return held_rows([Kind.ORDER_FILES], recall="recall_id")


FILES = Eraser("purchasers.order_files", Kind.ORDER_FILES, files_due, files_held)


@transaction.atomic
def _erased(number: int) -> bool:
    """Whoever reads or seals the file anew holds its row; the store forgets it before the row."""
    lock_erasing()
    file = OrderFile.objects.select_for_update(of=("self",)).get(pk=number)
    if not file.storage_key or OrderFile.objects.filter(files_held(), pk=number).exists():
        return False
    kept_files.forget(file.storage_key)
    OrderFile.objects.filter(pk=number).update(storage_key="", erased_at=clock.now())
    record_change(
        subject=Subject.ORDER_FILE,
        subject_id=number,
        from_state=IMPORTED,
        to_state=ERASED,
        reason=Reason.KEPT_LONG_ENOUGH,
        actor=Actor.MACHINE,
        recall_id=file.recall_id,
    )
    note_rows_erased(Kind.ORDER_FILES, 1, recall_id=file.recall_id)
    return True


def forget_rejected_lines() -> int:
    """Empties the lines of files that were kept as long as they may be; how many."""
    return empty_rejects(OrderReject)


def forget_orphans() -> int:
    """Removes files that no row names; how many. Where the store does not answer, none now."""
    with suppress(StoreUnreachable, OSError):
        return kept_files.forget_orphans()
    return 0
