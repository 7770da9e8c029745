"""Whoever asks to be erased while a hold keeps what is theirs is erased on the day it ends.

Guarantees: the wish outlives a restore (whoever keeps it writes it outside the database first); it
is carried out once, and not before every hold on it is lifted. What two people had erased, and a
restore brought back under a hold, waits in the same way; its owner is told of no wish of theirs.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
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
    waiting, _ = WaitingErasure.objects.get_or_create(
        thing=thing, thing_id=number, done_at=None, defaults={"recall_id": recall_id}
    )
    if _is_wished(waiting, subject):
        return False
    record_change(
        subject=subject,
        subject_id=number,
        from_state=state,
        to_state=state,
        reason=Reason.HELD,
        actor=actor,
        recall_id=recall_id,
    )
    return True


def _is_wished(waiting: WaitingErasure, subject: Subject) -> bool:
    """Whether its owner asked: else two people had it erased, and a restore brought it back."""
    rows = StateChange.objects.filter(subject=subject, subject_id=waiting.thing_id)
    return rows.filter(reason=Reason.HELD, at__gte=waiting.asked_at).exists()


def wished_since(number: int) -> datetime | None:
    """Since when a filing waits to be erased because its owner asked; None where they did not."""
    rows = WaitingErasure.objects.filter(thing=Thing.FILING, thing_id=number, done_at__isnull=True)
    waiting = rows.first()
    return waiting.asked_at if waiting and _is_wished(waiting, Subject.FILING) else None


_others: list[Callable[[], int]] = []


def register_carried_out(carry: Callable[[], int]) -> None:
    """Adds wishes that are kept elsewhere, to be carried out with the others."""
    _others.append(carry)


def carry_out() -> int:
    """Erases what waited and is held no more; returns how many. One that fails is left for the
    next time."""
    count = sum(_tried(carry) for carry in _others)
    for waiting in list(WaitingErasure.objects.filter(done_at__isnull=True).order_by("pk")):
        try:
            count += _carried_out(waiting)
        except Exception as error:
            log.error("wish_left_for_next_time", wish=waiting.pk, error=type(error).__name__)
    return count


def _tried(carry: Callable[[], int]) -> int:
    try:
        return carry()
    except Exception as error:
        log.error("wishes_left_for_next_time", error=type(error).__name__)
        return 0


@transaction.atomic
def _carried_out(waiting: WaitingErasure) -> bool:
    lock_erasing()
    thing = Thing(waiting.thing)
    is_wished = thing == Thing.FILING and _is_wished(waiting, Subject.FILING)
    return known(thing).erase(waiting.thing_id, Why.OWNER if is_wished else Why.RESTORED)
