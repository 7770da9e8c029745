"""What must follow when a database is as it was before.

Guarantees: nothing is ordered until what providers did is reconciled, and no wave of notices goes
on until a person lets it; legal holds are in force again, and then who was erased is erased again;
the log says that it was restored, from what, and up to where, signed by its key.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.canonical import NOTHING_BEFORE
from recalldesk.audit.heads import make_head, signing_key
from recalldesk.audit.models import Block, StateChange
from recalldesk.audit.restore_text import SignedRestore, signed_restore
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.erasing import erase_again
from recalldesk.foundation import clock
from recalldesk.keeping.restoring import erase_due_soon, erase_early_again, place_again
from recalldesk.outreach.actions import forget_again
from recalldesk.outreach.sending.restored import settle_waves
from recalldesk.remedies.batches.left import remember_handed_out
from recalldesk.remedies.placing import holds

RESTORED = "restored"


@dataclass(frozen=True)
class Settled:
    """What was done after a restore. `as_of`: when the newest row of the log was written."""

    as_of: datetime | None
    erased_again: int
    restore: SignedRestore


def settle(*, backup_of: datetime, journal_lost: bool) -> Settled:
    """Does all of it; may run again. Raises LogKeyUnusable, SealingError, OSError."""
    key, now = signing_key(), clock.now()
    newest = StateChange.objects.order_by("-at").first()
    block = Block.objects.order_by("-number").first()
    restore = signed_restore(
        block=block.number if block else 0,
        rows=block.total if block else 0,
        digest=bytes(block.digest) if block else NOTHING_BEFORE,
        restored_at=now,
        backup_of=backup_of,
        key=key,
    )
    _hold(now, journal_lost=journal_lost)
    place_again()
    erased = erase_again() + erase_early_again()
    erase_due_soon()
    forget_again()
    settle_waves(backup_of=backup_of)
    remember_handed_out()
    make_head(after=restore.text)
    return Settled(newest.at if newest else None, erased, restore)


@transaction.atomic
def _hold(now: datetime, *, journal_lost: bool) -> None:
    reasons = (holds.RESTORED, holds.JOURNAL_LOST) if journal_lost else (holds.RESTORED,)
    for subject, subject_id, to in (
        (Subject.DATABASE, int(now.timestamp()), RESTORED),
        *((Subject.PLACING, holds.hold(reason).pk, "held") for reason in reasons),
    ):
        record_change(
            subject=subject,
            subject_id=subject_id,
            to_state=to,
            reason=Reason.RESTORED,
            actor=Actor.MACHINE,
        )
