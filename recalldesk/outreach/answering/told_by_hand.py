"""New owners whom no machine could write to are told by a person, who says so here.

Guarantees: only somebody whom an owner named and who was not written to counts as told by this; it
is said once; the day is one on which they were named already; who said it stands in the log.
"""

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.errors import NoSuchNotice
from recalldesk.outreach.models import DirectNotice, ToldByHand
from recalldesk.outreach.sending.told import remember_told
from recalldesk.outreach.states import ByHand, NoticeState, Withheld
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import sealed

LONGEST_NOTE = 2_000
LEFT_TO_A_PERSON = (Withheld.NO_SUCH_WAY, Withheld.STOPPED)


class NotTold(Problem):
    """Nobody can be marked as told like that; nothing changed."""


def is_to_tell() -> Q:
    """New owners who are left for a person to tell, among notices."""
    return Q(
        state=NoticeState.WITHHELD,
        withheld__in=LEFT_TO_A_PERSON,
        passed_on_by__isnull=False,
        passed_on_by__undone_at=None,
    )


def new_owners_to_tell(recall: Recall, *, by: Staff) -> QuerySet[DirectNotice]:
    """They, the oldest first. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    rows = DirectNotice.objects.filter(is_to_tell(), recall_id=recall.pk)
    return rows.select_related("wave", "passed_on_by").order_by("pk")


@transaction.atomic
def mark_told(*, notice_id: int, how: ByHand, on: date, by: Staff, note: str = "") -> ToldByHand:
    """Somebody was told on a day. Said again, nothing changes.

    Raises NotPermitted, NoSuchNotice, NotTold, OSError, SealingError.
    """
    require(by, Permission.CALL_PURCHASERS)
    rows = DirectNotice.objects.select_for_update(of=("self",)).select_related("passed_on_by")
    notice = rows.filter(pk=notice_id, passed_on_by__isnull=False).first()
    if notice is None:
        raise NoSuchNotice("There is no such new owner.", "The desk's page Answers shows them.")
    if (known := ToldByHand.objects.filter(notice=notice).first()) is not None:
        return known
    if not DirectNotice.objects.filter(is_to_tell(), pk=notice.pk).exists():
        raise NotTold(
            "This new owner is not left for a person to tell.", "Look where their notice stands."
        )
    assert notice.passed_on_by is not None  # it was asked for above
    now = clock.now()
    named_on = notice.passed_on_by.at.date()
    if not named_on <= on <= now.date():
        raise NotTold(
            f"They cannot have been told on {on}.",
            f"They were named on {named_on}, and today is {now.date()}.",
        )
    noon = datetime.combine(on, time(12), tzinfo=UTC)
    notice.sent_at = max(notice.made_at, min(noon, now))
    notice.state, notice.withheld = NoticeState.SENT, ""
    notice.save(update_fields=["state", "withheld", "sent_at"])
    _log(notice, by)
    transaction.on_commit(lambda: remember_told([notice.pk]), robust=True)
    return ToldByHand.objects.create(
        notice=notice, how=how, on=on, by=by, sealed_note=_note(note, notice)
    )


def _note(note: str, notice: DirectNotice) -> bytes:
    said = note.strip()[:LONGEST_NOTE]
    return sealed(ToldByHand, "sealed_note", said, recall_id=notice.recall_id) if said else b""


def _log(notice: DirectNotice, by: Staff) -> None:
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=NoticeState.WITHHELD,
        to_state=NoticeState.SENT,
        actor_id=by.pk,
        recall_id=notice.recall_id,
    )
