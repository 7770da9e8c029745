"""An erasure before its day takes two people: one asks, another agrees or refuses.

Guarantees: whoever asks never decides; what a hold names, or what somebody still waits for, is not
erased; both reasons stand, sealed, beside the log.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.keeping import outside
from recalldesk.keeping.errors import ErasureRefused
from recalldesk.keeping.models import EarlyErasure
from recalldesk.keeping.reasons import reason_or_refuse
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import EarlyState, Thing, Why
from recalldesk.keeping.things import Found, digest_of, known, thing_at

LISTED = "`recalldesk keeping show` lists what waits for a second person."


@transaction.atomic
def ask_early(*, thing: Thing, found: Found, reason: str, by: Staff) -> EarlyErasure:
    """Asks for an erasure. Raises NotPermitted, ErasureRefused."""
    require(by, Permission.ERASE_EARLY)
    reason = reason_or_refuse(reason, ErasureRefused)
    if waits := known(thing).preview(found.number).waits:
        raise ErasureRefused("It cannot be erased now.", waits)
    if EarlyErasure.objects.filter(
        thing=thing, thing_id=found.number, state=EarlyState.WAITING
    ).exists():
        raise ErasureRefused("Somebody asked for that already.", LISTED)
    asked = EarlyErasure.objects.create(
        thing=thing, thing_id=found.number, recall_id=found.recall_id, asked_by=by
    )
    _record(asked, "", EarlyState.WAITING, by, reason)
    return asked


@transaction.atomic
def agree(*, number: int, reason: str, by: Staff) -> EarlyErasure:
    """Agrees, and erases. Raises NotPermitted, ErasureRefused, NotNoted."""
    require(by, Permission.ERASE_EARLY)
    reason = reason_or_refuse(reason, ErasureRefused)
    lock_erasing()
    asked = _waiting(number, by)
    named = known(Thing(asked.thing))
    if waits := named.preview(asked.thing_id).waits:
        raise ErasureRefused("It cannot be erased now.", waits)
    _decide(asked, EarlyState.DONE, by, reason)
    found = thing_at(Thing(asked.thing), asked.thing_id)
    if not named.erase(asked.thing_id, Why.EARLY):
        raise ErasureRefused(
            "It cannot be erased now.", "A hold keeps it, somebody waits for it, or it is gone."
        )
    _note(asked, found)
    return asked


def _note(asked: EarlyErasure, found: Found | None) -> None:
    """Outside the database, so that a restore brings nobody back; nothing of what was not erased,
    or a restore would erase it. Raises NotNoted."""
    if found is not None:
        line = {"thing": asked.thing, "number": str(asked.thing_id), "is": digest_of(found)}
        outside.note(outside.EARLY, line)


@transaction.atomic
def refuse(*, number: int, reason: str, by: Staff) -> EarlyErasure:
    """Refuses; nothing is erased. Raises NotPermitted, ErasureRefused."""
    require(by, Permission.ERASE_EARLY)
    reason = reason_or_refuse(reason, ErasureRefused)
    asked = _waiting(number, by)
    _decide(asked, EarlyState.REFUSED, by, reason)
    return asked


def _waiting(number: int, by: Staff) -> EarlyErasure:
    asked = EarlyErasure.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if asked is None:
        raise ErasureRefused(f"Nobody asked for an erasure {number}.", LISTED)
    if asked.state != EarlyState.WAITING:
        raise ErasureRefused("It is decided already.", LISTED)
    if asked.asked_by_id == by.pk:
        raise ErasureRefused(
            "You asked for this erasure yourself.", "Another person decides about it."
        )
    return asked


def _decide(asked: EarlyErasure, state: EarlyState, by: Staff, reason: str) -> None:
    asked.state, asked.decided_by, asked.decided_at = state, by, clock.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])
    _record(asked, EarlyState.WAITING, state, by, reason)


def _record(
    asked: EarlyErasure, from_state: str, to_state: EarlyState, by: Staff, reason: str
) -> None:
    record_change(
        subject=Subject.EARLY_ERASURE,
        subject_id=asked.pk,
        from_state=from_state,
        to_state=to_state,
        reason=Reason.ERASED if to_state == EarlyState.DONE else "",
        actor_id=by.pk,
        recall_id=asked.recall_id,
        note=reason,
    )
