"""An order file that was read wrongly is taken back.

Guarantees: nothing is deleted: the file, its lines' figures and what was met in it stay, marked,
with who said so and why in the log; from then on nothing of it counts, and what other files say of
the same purchases counts as if it had never come. The same file can come in again, read otherwise.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.purchasers.deferring import match_files_soon
from recalldesk.purchasers.errors import OrdersRefused
from recalldesk.purchasers.importing.staging import Staging
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.reads.files import IMPORTED, no_file
from recalldesk.recalls.models import Recall

TAKEN_BACK = "taken_back"
LONGEST_REASON = 300


@dataclass(frozen=True)
class TakenBack:
    """What followed. `gone`: purchases that no file names any more; `kept`: that others name."""

    gone: int
    kept: int


@transaction.atomic
def take_back_file(*, recall: Recall, number: int, by: Staff, reason: str) -> TakenBack:
    """Takes a file back. Raises NotPermitted, NoSuchFile, OrdersRefused."""
    require(by, Permission.IMPORT_ORDERS)
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise OrdersRefused("No reason was given.", "Say why; it is kept in the log.")
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    file = OrderFile.objects.filter(recall=recall, pk=number).first()
    if file is None:
        raise no_file(recall, number)
    if file.taken_back_at is not None:
        raise OrdersRefused(
            f"File {number} was taken back before.", "Bring it in again as it is to be read."
        )
    OrderFile.objects.filter(pk=number).update(taken_back_at=clock.now())
    staging = Staging(recall.pk)
    touched = staging.take_back(number)
    gone = Purchase.objects.filter(pk__in=touched, taken_back_at__isnull=False).count()
    record_change(
        subject=Subject.ORDER_FILE,
        subject_id=number,
        from_state=IMPORTED,
        to_state=TAKEN_BACK,
        reason=Reason.UNDONE,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=said,
    )
    # What was said first by this file alone, such as a day, is read of the others anew.
    if gone < len(touched):
        match_files_soon(recall.pk)
    return TakenBack(gone=gone, kept=len(touched) - gone)
