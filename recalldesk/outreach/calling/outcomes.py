"""What came of a call.

Guarantees: each call is a row that stays; a notice counts as sent only where somebody was told or
a message was left; nobody is given up before three tries on three days; a wrong number, and who
wants no more calls, is called no more, and keeps every other contact.
"""

from datetime import datetime, timedelta

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.calling.errors import CallRefused, CallSettled, NoSuchCall
from recalldesk.outreach.calling.hours import next_try
from recalldesk.outreach.calling.taking import holding, number_called
from recalldesk.outreach.models import Call, DirectNotice
from recalldesk.outreach.sending.told import remember_told
from recalldesk.outreach.states import CallOutcome, NoticeState, Suppression, Way, Withheld
from recalldesk.outreach.suppressing import suppress, suppress_by_notice
from recalldesk.sealing.fields_of_rows import sealed

MOST_TRIES = 3
LONGEST_NOTE = 2_000
FARTHEST = timedelta(days=60)
SENT_BY = frozenset({CallOutcome.TOLD, CallOutcome.MESSAGE_LEFT, CallOutcome.NOTHING_MORE})


@transaction.atomic
def record_call(
    *,
    notice_id: int,
    outcome: CallOutcome,
    by: Staff,
    note: str = "",
    again_at: datetime | None = None,
    at: datetime | None = None,
) -> Call:
    """Writes down a call. `at`: when it was, where somebody else called.

    Raises NotPermitted, NoSuchCall, CallRefused, OSError, SealingError.
    """
    require(by, Permission.CALL_PURCHASERS)
    notice = locked_call(notice_id)
    held = holding(notice)
    if held is not None and held.by != by.pk:
        raise CallRefused("Somebody else is calling them.", "Take the next call.")
    if notice.state != NoticeState.WAITING and not _was_handed_out(notice):
        raise CallSettled(
            "This call is settled: what came of it was written down before.", "Take the next call."
        )
    moment = at or clock.now()
    later = _later(outcome, again_at, moment)
    call = Call.objects.create(
        notice=notice,
        outcome=outcome,
        sealed_note=_note(note, notice),
        again_at=later,
        by=by,
        at=moment,
    )
    _move(notice, outcome, by, moment, later)
    return call


def _was_handed_out(notice: DirectNotice) -> bool:
    """A call centre has it, though its wave was stopped or another took it over: what they say is
    true all the same."""
    is_kept_back = notice.withheld in (Withheld.STOPPED, Withheld.LAPSED)
    return is_kept_back and notice.handed_out_at is not None


def locked_call(notice_id: int) -> DirectNotice:
    """The notice of a call, and nobody else changes it meanwhile. Raises NoSuchCall."""
    rows = DirectNotice.objects.select_for_update(of=("self",)).select_related("wave")
    notice = rows.filter(pk=notice_id, way=Way.PHONE).first()
    if notice is None:
        raise NoSuchCall("There is no such call.", "The list of calls leads to each.")
    return notice


def _later(outcome: CallOutcome, again_at: datetime | None, moment: datetime) -> datetime | None:
    if outcome is not CallOutcome.LATER:
        return None
    if again_at is None or not moment < again_at <= moment + FARTHEST:
        raise CallRefused(
            "When do they want to be called again?", "Give a time within the next 60 days."
        )
    return again_at


def _note(note: str, notice: DirectNotice) -> bytes:
    said = note.strip()[:LONGEST_NOTE]
    return sealed(Call, "sealed_note", said, recall_id=notice.recall_id) if said else b""


def _move(
    notice: DirectNotice,
    outcome: CallOutcome,
    by: Staff,
    moment: datetime,
    later: datetime | None,
) -> None:
    notice.attempts += 1
    notice.tried_at, notice.first_tried_at = None, notice.first_tried_at or moment
    if outcome in SENT_BY:
        notice.sent_at = moment
        transaction.on_commit(lambda: remember_told([notice.pk]), robust=True)
        _end(notice, NoticeState.SENT, by)
        if outcome is CallOutcome.NOTHING_MORE:
            _silence(notice, by)
    elif outcome is CallOutcome.WRONG_NUMBER:
        notice.ended_at = moment
        _end(notice, NoticeState.BOUNCED, by)
        suppress_by_notice(notice, Suppression.BOUNCED)
    elif outcome is CallOutcome.LATER:
        notice.not_before = later
    elif _days_tried(notice) >= MOST_TRIES:
        notice.ended_at = moment
        _end(notice, NoticeState.GIVEN_UP, by)
    else:
        number = number_called(notice)
        notice.not_before = next_try(number.zones if number else (), moment)
    notice.save(
        update_fields=[
            "attempts",
            "tried_at",
            "first_tried_at",
            "sent_at",
            "ended_at",
            "not_before",
            "state",
            "withheld",
        ]
    )


def _days_tried(notice: DirectNotice) -> int:
    tries = notice.calls.filter(outcome=CallOutcome.NO_ANSWER).values_list("at", flat=True)
    return len({each.date() for each in tries})


def _end(notice: DirectNotice, state: NoticeState, by: Staff) -> None:
    was, notice.state, notice.withheld = notice.state, state, ""
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=was,
        to_state=state,
        reason=Reason.CAME_BACK if state == NoticeState.BOUNCED else "",
        actor_id=by.pk,
        recall_id=notice.recall_id,
    )


def _silence(notice: DirectNotice, by: Staff) -> None:
    """This number, in this recall: neither calls nor text messages."""
    for way in (Way.PHONE, Way.SMS):
        suppress(
            contact_digest=bytes(notice.contact_digest),
            way=way,
            reason=Suppression.ASKED,
            recall=notice.wave.recall,
            notice=notice,
            actor=Actor.STAFF,
            by=by,
        )
