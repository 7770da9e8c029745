"""Order files, and their rejected lines, are forgotten once nobody needs them any more.

Guarantees: a sealed file goes on the day on which it was kept long enough, and the log says so; how
many lines it had, and what was found in it, stays; a store that does not answer is asked again.
"""

from contextlib import suppress
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.foundation import clock
from recalldesk.purchasers import kept_files
from recalldesk.purchasers.models import OrderFile, OrderReject

REJECTS_KEPT = timedelta(days=90)
IMPORTED, ERASED = "imported", "erased"

log = structlog.get_logger()


def erase_old_files() -> int:
    """Erases the files that were kept long enough; how many."""
    old = OrderFile.objects.filter(at__lte=clock.now() - settings.ORDER_FILES_KEPT)
    count = 0
    for number in old.exclude(storage_key="").order_by("pk").values_list("pk", flat=True):
        try:
            count += _erased(number)
        except StoreUnreachable:
            log.error("order_file_not_erased", file=number)
    return count


@transaction.atomic
def _erased(number: int) -> bool:
    """Whoever reads or seals the file anew holds its row; the store forgets it before the row."""
    file = OrderFile.objects.select_for_update(of=("self",)).get(pk=number)
    if not file.storage_key:
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
    return True


def forget_rejected_lines() -> int:
    """Empties the lines of files that were taken in so long ago; how many."""
    old = OrderReject.objects.filter(file__at__lt=clock.now() - REJECTS_KEPT)
    return old.exclude(sealed_row=b"").update(sealed_row=b"")


def forget_orphans() -> int:
    """Removes files that no row names; how many. Where the store does not answer, none now."""
    with suppress(StoreUnreachable, OSError):
        return kept_files.forget_orphans()
    return 0
