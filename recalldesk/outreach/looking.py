"""Whom a notice went to, in full.

Guarantees: who may not see it gets none of it; each look stands in the log before anything is
opened, with why.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.outreach.answering.next_owner import next_owners_of
from recalldesk.outreach.models import Answer, Wave
from recalldesk.outreach.reads.one_notice import notice_of
from recalldesk.outreach.reads.recipients import whole_recipient
from recalldesk.purchasers.looking import LONGEST_REASON, NoReasonGiven


@dataclass(frozen=True, repr=False)
class RecipientInFull:
    """Where a notice went, and who has the unit now, as its reader said."""

    to: str
    next_owners: tuple[str, ...]


@transaction.atomic
def show_recipient(*, wave: Wave, number: int, by: Staff, reason: str) -> RecipientInFull:
    """Raises NotPermitted, NoReasonGiven, NoSuchNotice, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    require(by, Permission.SEE_PERSONAL)
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise NoReasonGiven("No reason was given.", "Say why you look; it is kept in the log.")
    notice = notice_of(wave, number)
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=notice.state,
        to_state=notice.state,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=notice.recall_id,
        note=said,
    )
    return RecipientInFull(
        to=whole_recipient(notice),
        next_owners=tuple(
            ", ".join(part for part in (owner.name, owner.contact) if part)
            for given in Answer.objects.filter(notice=notice).order_by("pk")
            for owner in next_owners_of(given)
        ),
    )
