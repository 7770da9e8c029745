"""Whoever asks to be erased while a hold keeps what is theirs is erased on the day it ends.

Guarantees: the wish outlives a restore (whoever keeps it writes it outside the database first); it
is carried out once, and not before every hold on it is lifted.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.keeping.models import WaitingErasure
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Thing, Why
from recalldesk.keeping.things import known

log = structlog.get_logger()


def keep_wish(
    *, thing: Thing, number: int, recall_id: int | None, subject: Subject, actor: Actor, state: str
) -> bool:
    """Keeps a wish to be erased, in the caller's transaction; False where one waits already, which
    stays as it is. `state`: of the thing, which does not move."""
    _, is_new = WaitingErasure.objects.get_or_create(
        thing=thing, thing_id=number, done_at=None, defaults={"recall_id": recall_id}
    )
    if is_new:
        record_change(
            subject=subject,
            subject_id=number,
            from_state=state,
            to_state=state,
            reason=Reason.HELD,
            actor=actor,
            recall_id=recall_id,
        )
    return is_new


def waiting_since(thing: Thing, number: int) -> datetime | None:
    """Since when the thing waits to be erased; None where nobody asked for that."""
    rows = WaitingErasure.objects.filter(thing=thing, thing_id=number, done_at__isnull=True)
    return rows.values_list("asked_at", flat=True).first()


_others: list[Callable[[], int]] = []


def register_carried_out(carry: Callable[[], int]) -> None:
    """Adds wishes that are kept elsewhere, to be carried out with the others."""
    _others.append(carry)


def carry_out() -> int:
    """Erases what waited and is held no more; returns how many. One that fails is left for the
    next time."""
    count = sum(_tried(carry) for carry in _others)
    waiting = WaitingErasure.objects.filter(done_at__isnull=True).order_by("pk")
    for number, thing, thing_id in list(waiting.values_list("pk", "thing", "thing_id")):
        try:
            count += _carried_out(Thing(thing), thing_id)
        except Exception as error:
            log.error("wish_left_for_next_time", wish=number, error=type(error).__name__)
    return count


def _tried(carry: Callable[[], int]) -> int:
    try:
        return carry()
    except Exception as error:
        log.error("wishes_left_for_next_time", error=type(error).__name__)
        return 0


@transaction.atomic
def _carried_out(thing: Thing, number: int) -> bool:
    lock_erasing()
    return known(thing).erase(number, Why.OWNER)
