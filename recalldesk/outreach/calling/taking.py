"""Who is called next, and by whom.

Guarantees: two callers never get the same person; a call that nobody finishes lapses by itself;
nobody is called at night, who answered, or who is not to be called, and each of these stands with
its reason; whom the log names as the caller has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.calling.errors import CallRefused
from recalldesk.outreach.calling.hours import Number, may_call, number_of, opens_at
from recalldesk.outreach.let_go import let_go_among
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.resting import answered_meanwhile
from recalldesk.outreach.states import NoticeState, WaveState, Way, Withheld
from recalldesk.outreach.suppressing import is_suppressed
from recalldesk.sealing.fields_of_rows import opened

LASTS = timedelta(minutes=30)
"""So long a caller has it, from when they took it."""
MOST_LOOKED_AT = 500


@dataclass(frozen=True)
class Holding:
    """Who has a call, and until when."""

    by: int
    until: datetime


def waiting_calls(waves: Sequence[Wave] | None = None) -> QuerySet[DirectNotice]:
    """All calls that wait, of waves that are at work."""
    rows = DirectNotice.objects.filter(
        way=Way.PHONE, state=NoticeState.WAITING, wave__state=WaveState.SENDING
    )
    return rows if waves is None else rows.filter(wave__in=waves)


@transaction.atomic
def take_next_call(*, by: Staff, wave: Wave | None = None) -> int | None:
    """The number of the notice that is called next, which is now the caller's; that which they had
    begun comes first. None where nobody may be called now. Raises NotPermitted, SealingError."""
    require(by, Permission.CALL_PURCHASERS)
    rows = waiting_calls([wave] if wave else None)
    if (mine := _mine(rows, by)) is not None:
        return mine
    now = clock.now()
    free = rows.filter(
        Q(not_before=None) | Q(not_before__lte=now),
        Q(tried_at=None) | Q(tried_at__lt=now - LASTS),
    )
    ordered = free.order_by(F("not_before").asc(nulls_last=True), "pk")
    for _ in range(MOST_LOOKED_AT):
        notice = (
            ordered.select_for_update(skip_locked=True, of=("self",)).select_related("wave").first()
        )
        if notice is None:
            return None
        if _is_callable(notice, now):
            _give(notice, by, now)
            return notice.pk
    return None


def holding(notice: DirectNotice) -> Holding | None:
    """Who has it now."""
    if notice.tried_at is None or notice.tried_at < clock.now() - LASTS:
        return None
    last = StateChange.objects.filter(
        subject=Subject.NOTICE, subject_id=notice.pk, reason=Reason.ASSIGNED
    ).order_by("-pk")
    found = last.values_list("actor_id", flat=True).first()
    return Holding(found, notice.tried_at + LASTS) if found else None


@transaction.atomic
def leave_call(*, notice_id: int, by: Staff) -> None:
    """It is anybody's again; what another has is left alone. Raises NotPermitted."""
    require(by, Permission.CALL_PURCHASERS)
    notice = waiting_calls().select_for_update(of=("self",)).filter(pk=notice_id).first()
    if notice is not None and is_held_by(notice, by):
        DirectNotice.objects.filter(pk=notice.pk).update(tried_at=None)


def is_held_by(notice: DirectNotice, by: Staff) -> bool:
    """Whether this person has it."""
    held = holding(notice)
    return held is not None and held.by == by.pk


@transaction.atomic
def show_number(*, notice_id: int, by: Staff) -> Number:
    """The number in full, for whoever has the call; each look stands in the log.

    Raises NotPermitted, CallRefused, SealingError.
    """
    require(by, Permission.CALL_PURCHASERS)
    notice = waiting_calls().select_for_update(of=("self",)).filter(pk=notice_id).first()
    number = number_called(notice) if notice and is_held_by(notice, by) else None
    if notice is None or number is None:
        raise CallRefused(
            "This call is not yours, lapsed, or its wave stands still.", "Take the next call."
        )
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=notice.state,
        to_state=notice.state,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=notice.recall_id,
        note="To call them",
    )
    return number


def number_called(notice: DirectNotice) -> Number | None:
    """Where it goes; None where that is no number. Raises SealingError."""
    return number_of(opened(notice, "sealed_to"), notice.country)


def withhold(notice: DirectNotice, why: Withheld) -> None:
    """It is not called after all."""
    DirectNotice.objects.filter(pk=notice.pk).update(state=NoticeState.WITHHELD, withheld=why)
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=notice.state,
        to_state=NoticeState.WITHHELD,
        reason=Reason.SUPPRESSED if why == Withheld.SUPPRESSED else "",
        actor=Actor.MACHINE,
        recall_id=notice.recall_id,
    )


def why_not_called(notice: DirectNotice) -> Withheld | None:
    """Why it must not be called at all; None where it may be. Raises SealingError."""
    digest = bytes(notice.contact_digest)
    if is_suppressed(contact_digest=digest, way=Way.PHONE, recall_id=notice.recall_id):
        return Withheld.SUPPRESSED
    if answered_meanwhile([notice]):
        return Withheld.ANSWERED
    if let_go_among([notice.pk]):
        return Withheld.LET_GO
    return None if number_called(notice) else Withheld.NO_SUCH_WAY


def _is_callable(notice: DirectNotice, now: datetime) -> bool:
    why = why_not_called(notice)
    if why is not None:
        withhold(notice, why)
        return False
    number = number_called(notice)
    if number is None or not may_call(number.zones, now):
        later = opens_at(number.zones if number else (), now)
        DirectNotice.objects.filter(pk=notice.pk).update(not_before=later)
        return False
    return True


def _give(notice: DirectNotice, by: Staff, now: datetime) -> None:
    DirectNotice.objects.filter(pk=notice.pk).update(
        tried_at=now, first_tried_at=notice.first_tried_at or now
    )
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=notice.state,
        to_state=notice.state,
        reason=Reason.ASSIGNED,
        actor_id=by.pk,
        recall_id=notice.recall_id,
    )


def _mine(rows: QuerySet[DirectNotice], by: Staff) -> int | None:
    begun = rows.filter(tried_at__gte=clock.now() - LASTS).order_by("-tried_at")
    return next((each.pk for each in begun if is_held_by(each, by)), None)
