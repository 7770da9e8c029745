"""Brings a remedy to where its provider says that its order stands.

Guarantees: it moves only as `states` says, through each stage between, each in the log; what was
reached is never taken back by an older answer; nothing is told twice.
"""

from collections.abc import Mapping

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.news import News, tell
from recalldesk.remedies.placing.tracking import keep_tracking
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.states import INEFFECTIVE, MOVES, RemedyState, Stopped

S = RemedyState
FORWARD = (S.WAITING, S.ORDERING, S.ORDERED, S.SENT, S.DELIVERED)
REACHES: Mapping[Standing, RemedyState] = {
    Standing.ORDERED: S.ORDERED,
    Standing.SENT: S.SENT,
    Standing.DELIVERED: S.DELIVERED,
    Standing.BOUNCED: S.SENT,
    Standing.CANCELLED: S.CANCELLED,
    Standing.FAILED: S.FAILED,
    Standing.RETURNED: S.RETURNED,
}
TOLD_OF: Mapping[RemedyState, News] = {
    S.ORDERED: News.ORDERED,
    S.SENT: News.SENT,
    S.DELIVERED: News.DELIVERED,
    S.CANCELLED: News.CANCELLED,
    S.FAILED: News.FAILED,
    S.RETURNED: News.RETURNED,
}
OWNER_MENDS = {Stopped.ADDRESS: News.NEEDS_ADDRESS, Stopped.PAYEE: News.NEEDS_PAYEE}
"""What the owner can mend: the remedy comes to nothing, and another turn follows."""
WHEN = {S.ORDERED: "ordered_at", S.SENT: "sent_at", S.DELIVERED: "delivered_at"}


@transaction.atomic
def take_standing(order: Order, found: Found) -> bool:
    """Whether anything moved. The order's row is written; the caller has it for itself."""
    remedy = Remedy.objects.select_for_update().get(pk=order.remedy_id)
    order.refresh_from_db()
    order.reference = found.reference or order.reference
    order.provider_status, order.looked_at = found.status[:60], clock.now()
    order.next_try_at = None
    keep_tracking(order, found.tracking)
    moved = _move(remedy, order, found)
    _stop_if_bounced(remedy, order, found, moved=moved)
    _stop_if_held_up(remedy, order, found)
    order.save()
    return moved


def _move(remedy: Remedy, order: Order, found: Found) -> bool:
    goal, before = REACHES[found.standing], RemedyState(remedy.state)
    if goal == before or not _is_ahead(before, goal):
        return False
    for state in _way(before, goal):
        _step(remedy, order, state, found)
    if news := _news(remedy, found):
        tell(remedy, news)
    if order.stopped and remedy.state != before:
        order.stopped, order.stopped_at = Stopped.NONE, None
    return True


def _news(remedy: Remedy, found: Found) -> News | None:
    if remedy.state in INEFFECTIVE and found.why in OWNER_MENDS:
        return OWNER_MENDS[found.why]
    return TOLD_OF.get(RemedyState(remedy.state))


def _is_ahead(before: RemedyState, goal: RemedyState) -> bool:
    if before in INEFFECTIVE:
        return False
    return goal in INEFFECTIVE or FORWARD.index(goal) > FORWARD.index(before)


def _way(before: RemedyState, goal: RemedyState) -> tuple[RemedyState, ...]:
    """The states to pass, each a legal move of the one before."""
    if goal in FORWARD:
        return FORWARD[FORWARD.index(before) + 1 : FORWARD.index(goal) + 1]
    passed: list[RemedyState] = []
    here = before
    while goal not in MOVES[here]:
        here = FORWARD[FORWARD.index(here) + 1]
        passed.append(here)
    return (*passed, goal)


def _step(remedy: Remedy, order: Order, to: RemedyState, found: Found) -> None:
    before, remedy.state = remedy.state, to
    remedy.save(update_fields=["state"])
    if name := WHEN.get(to):
        setattr(order, name, found.at or clock.now())
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=before,
        to_state=to,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )


def _stop_if_bounced(remedy: Remedy, order: Order, found: Found, *, moved: bool) -> None:
    is_new = order.stopped != Stopped.BOUNCED
    if found.standing is Standing.BOUNCED and is_new and remedy.state == S.SENT:
        order.stopped, order.stopped_at = Stopped.BOUNCED, clock.now()
        tell(remedy, News.BOUNCED)
    elif found.standing is not Standing.BOUNCED and order.stopped == Stopped.BOUNCED and not moved:
        order.stopped, order.stopped_at = Stopped.NONE, None


def _stop_if_held_up(remedy: Remedy, order: Order, found: Found) -> None:
    """It was taken, and does not go on: a person must know. What the owner mends needs none."""
    is_held_up = found.why and found.why not in OWNER_MENDS and remedy.state not in INEFFECTIVE
    if is_held_up and order.stopped != found.why:
        order.stopped, order.stopped_at = found.why, clock.now()
    elif not found.why and found.standing is Standing.DELIVERED and order.stopped:
        order.stopped, order.stopped_at = Stopped.NONE, None
