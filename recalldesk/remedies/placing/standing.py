"""Brings remedies to where their provider says that their orders stand.

Guarantees: each moves only as `states` says, through each stage between, each in the log; what was
reached is never taken back by an older answer; what bounced stays its unit's only remedy, also
where it was said to be delivered; a unit counts as corrected from the move by which its remedy
reached its owner; nothing is told twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from recalldesk.audit.actions import Move as Logged
from recalldesk.audit.actions import record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.corrections.counting import count_remedy, uncount_remedy
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.news import News, tell_all
from recalldesk.remedies.placing.rows_together import save_together
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
WRITTEN = (
    "reference",
    "provider_status",
    "looked_at",
    "next_try_at",
    "stopped",
    "stopped_at",
    "sealed_tracking",
    *WHEN.values(),
)
"""What a standing may change of an order's row."""


@dataclass
class Move:
    """One order on its way to what was found. `passed`: the states of its remedy, the first being
    the one in which it stood."""

    remedy: Remedy
    order: Order
    found: Found
    passed: list[RemedyState] = field(default_factory=list)
    told: list[News] = field(default_factory=list)


def take_standing(order: Order, found: Found) -> bool:
    """Whether anything moved. The order's row is written; the caller has it for itself."""
    return take_standings([(order, found)])[0]


@transaction.atomic
def take_standings(found: Sequence[tuple[Order, Found]]) -> list[bool]:
    """The same for many orders, each there once, by as many statements as for one."""
    remedies = _locked([order for order, _ in found])
    _refresh([order for order, _ in found])
    moves = [Move(remedies[order.remedy_id], order, each) for order, each in found]
    moved = [_take(each) for each in moves]
    _save(moves)
    return moved


def _locked(orders: Sequence[Order]) -> Mapping[object, Remedy]:
    # In one order for all, so that no two wait for each other in a ring.
    rows = Remedy.objects.select_for_update().order_by("pk")
    return {row.pk: row for row in rows.filter(pk__in=[each.remedy_id for each in orders])}


def _refresh(orders: Sequence[Order]) -> None:
    """What others wrote meanwhile, read after the lock."""
    rows = {row["id"]: row for row in Order.objects.filter(pk__in=[o.pk for o in orders]).values()}
    for order in orders:
        for name, value in rows[order.pk].items():
            setattr(order, name, value)


def _take(move: Move) -> bool:
    order, found = move.order, move.found
    order.reference = found.reference or order.reference
    order.provider_status, order.looked_at = found.status[:60], clock.now()
    order.next_try_at = None
    keep_tracking(order, found.tracking)
    moved = _move(move)
    _stop_if_bounced(move, moved=moved)
    _stop_if_held_up(move)
    return moved


def _save(moves: Sequence[Move]) -> None:
    """Each stage is a write of its own, so that the database judges each; then what follows."""
    for stage in range(1, max((len(each.passed) for each in moves), default=0)):
        at_it = [each for each in moves if len(each.passed) > stage]
        for each in at_it:
            each.remedy.state = each.passed[stage]
        save_together([each.remedy for each in at_it], ["state"])
    logged = [stage for each in moves for stage in _logged(each)]
    record_moves(logged, subject=Subject.REMEDY, actor=Actor.MACHINE)
    save_together([each.order for each in moves], WRITTEN)
    _count(moves)
    tell_all((each.remedy, news) for each in moves for news in each.told)


def _count(moves: Sequence[Move]) -> None:
    # Who takes back needs the lock for itself: before it is shared with others.
    for each in moves:
        if S.DELIVERED in each.passed[:-1]:
            uncount_remedy(each.remedy)
    for each in moves:
        if len(each.passed) > 1 and each.passed[-1] == S.DELIVERED:
            count_remedy(each.order, each.remedy)


def _logged(move: Move) -> list[Logged]:
    recall_id, thing = move.remedy.recall_id, move.remedy.entitlement_id
    stages = zip(move.passed, move.passed[1:], strict=False)
    return [Logged(recall_id, thing, before.value, to.value) for before, to in stages]


def _move(move: Move) -> bool:
    goal, before = REACHES[move.found.standing], RemedyState(move.remedy.state)
    move.passed.append(before)
    if move.found.standing is Standing.BOUNCED and before is S.DELIVERED:
        _take_back(move)
        return True
    if goal == before or not _is_ahead(before, goal):
        return False
    for state in _way(before, goal):
        _step(move, state)
    if news := _news(move):
        move.told.append(news)
    if move.order.stopped:
        move.order.stopped, move.order.stopped_at = Stopped.NONE, None
    return True


def _take_back(move: Move) -> None:
    """What its provider had said to be delivered is on its way again, and still the only one."""
    sent_at = move.order.sent_at
    _step(move, S.SENT)
    move.order.sent_at, move.order.delivered_at = sent_at or move.order.sent_at, None


def _news(move: Move) -> News | None:
    if move.found.standing is Standing.BOUNCED:
        return None  # told below, and that alone
    if move.remedy.state in INEFFECTIVE and move.found.why in OWNER_MENDS:
        return OWNER_MENDS[move.found.why]
    return TOLD_OF.get(RemedyState(move.remedy.state))


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


def _step(move: Move, to: RemedyState) -> None:
    move.passed.append(to)
    move.remedy.state = to
    if name := WHEN.get(to):
        setattr(move.order, name, move.found.at or clock.now())


def _stop_if_bounced(move: Move, *, moved: bool) -> None:
    order, standing = move.order, move.found.standing
    is_new = order.stopped != Stopped.BOUNCED
    if standing is Standing.BOUNCED and is_new and move.remedy.state == S.SENT:
        order.stopped, order.stopped_at = Stopped.BOUNCED, clock.now()
        move.told.append(News.BOUNCED)
    elif standing is not Standing.BOUNCED and order.stopped == Stopped.BOUNCED and not moved:
        order.stopped, order.stopped_at = Stopped.NONE, None
        move.told.append(News.SENT_AGAIN)


def _stop_if_held_up(move: Move) -> None:
    """It was taken, and does not go on: a person must know. What the owner mends needs none."""
    order, found = move.order, move.found
    is_held_up = found.why and found.why not in OWNER_MENDS and move.remedy.state not in INEFFECTIVE
    if is_held_up and order.stopped != found.why:
        order.stopped, order.stopped_at = found.why, clock.now()
    elif not found.why and found.standing is Standing.DELIVERED and order.stopped:
        order.stopped, order.stopped_at = Stopped.NONE, None
