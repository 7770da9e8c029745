"""Remedies that a system before this one gave, or owes.

Guarantees: a unit has one effective remedy for its first grant, over all recalls, with the id that
it has everywhere; one that is taken over is ordered by nobody until a person lets it go on, and
never where it was given; one that may have been sent waits for a person, or for its provider's own
word; what reached its owner counts as a correction once. Nobody is told anything. Each step is in
the log. Call all of it in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName, RemedyKind
from recalldesk.recalls.models import Recall
from recalldesk.remedies.actions import FIRST_GRANT
from recalldesk.remedies.corrections.counting import count_remedies, gift_cards_count
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.models import Entitlement, Order, Remedy, remedy_id
from recalldesk.remedies.states import EFFECTIVE, ELSEWHERE, Held, RemedyState, Stopped

S = RemedyState
ASKED_BY_REFERENCE = frozenset({ProviderName.TREMENDOUS.value, ProviderName.EASYPOST.value})
"""Providers with an account that both systems may use: they know an order by their own reference.
What the others gave out, a file or a pool of codes of that system, nobody here can ask."""
WHEN: Mapping[RemedyState, tuple[str, ...]] = {
    S.ORDERING: (),
    S.ORDERED: ("ordered_at",),
    S.SENT: ("ordered_at", "sent_at"),
    S.DELIVERED: ("ordered_at", "sent_at", "delivered_at"),
    S.CANCELLED: ("ordered_at",),
    S.FAILED: ("ordered_at",),
    S.RETURNED: ("ordered_at", "sent_at"),
}


@dataclass(frozen=True)
class Owed:
    """What a unit is owed: `key` of the recall's remedy."""

    unit_digest: bytes
    key: str
    held: Held = Held.TAKEN_OVER


@dataclass(frozen=True, repr=False)
class Given:
    """What was given for it. `state`: `ORDERING` where nobody knows whether it was; `reference`:
    its provider's own name of it; `status`: in that system's word."""

    kind: RemedyKind
    title: str
    state: RemedyState
    provider: str = ELSEWHERE
    reference: str = ""
    status: str = ""
    amount: Decimal | None = None
    currency: str = ""
    at: datetime | None = None


def owe(recall: Recall, owed: Sequence[Owed], *, by: Staff) -> list[Remedy]:
    """A remedy that waits for each unit, held. Raises RemedyGiven where one of them has one."""
    units = [each.unit_digest for each in owed]
    Entitlement.objects.bulk_create(
        (Entitlement(unit_digest=unit, grant=FIRST_GRANT) for unit in units), ignore_conflicts=True
    )
    rows = Entitlement.objects.filter(unit_digest__in=units, grant=FIRST_GRANT)
    held = {bytes(each.unit_digest): each for each in rows.select_for_update().order_by("pk")}
    of_them = Remedy.objects.filter(entitlement__unit_digest__in=units)
    if of_them.filter(state__in=EFFECTIVE).exists():
        raise RemedyGiven
    turns = _turns(of_them)
    now = clock.now()
    remedies = [
        Remedy(
            id=remedy_id(
                unit_digest=each.unit_digest,
                grant=FIRST_GRANT,
                turn=turns.get(held[each.unit_digest].pk, 0) + 1,
            ),
            entitlement=held[each.unit_digest],
            turn=turns.get(held[each.unit_digest].pk, 0) + 1,
            recall=recall,
            key=each.key,
            orderable_at=now,
            held=each.held,
        )
        for each in owed
    ]
    Remedy.objects.bulk_create(remedies)
    _log([(each, "", S.WAITING) for each in remedies], by)
    return remedies


def _turns(remedies: Iterable[Remedy]) -> Mapping[int, int]:
    turns: dict[int, int] = {}
    for each in remedies:
        turns[each.entitlement_id] = max(turns.get(each.entitlement_id, 0), each.turn)
    return turns


def give(given: Sequence[tuple[Remedy, Given]], *, by: Staff) -> list[Order]:
    """Brings remedies that wait, of one recall, to where they stood, each with its order."""
    if not given:
        return []
    remedies = [remedy for remedy, _ in given]
    _move(remedies, S.ORDERING)
    _log([(each, S.WAITING, S.ORDERING) for each in remedies], by)
    orders = Order.objects.bulk_create(_order(remedy, said) for remedy, said in given)
    for state in sorted({said.state for _, said in given} - {S.ORDERING}):
        moved = [remedy for remedy, said in given if said.state == state]
        _move(moved, state)
        _log([(each, S.ORDERING, state) for each in moved], by)
    reached = [order for order in orders if order.remedy.state == S.DELIVERED]
    if reached:
        count_remedies(reached, gift_cards=gift_cards_count(remedies[0].recall))
    return orders


def _move(remedies: Sequence[Remedy], to: RemedyState) -> None:
    """By one statement, so that the database judges each."""
    Remedy.objects.filter(pk__in=[each.pk for each in remedies]).update(state=to, held=Held.NONE)
    for each in remedies:
        each.state, each.held = to, Held.NONE


def _order(remedy: Remedy, said: Given) -> Order:
    is_doubtful = said.state == S.ORDERING
    now = clock.now()
    return Order(
        remedy=remedy,
        recall_id=remedy.recall_id,
        provider=said.provider,
        amount=said.amount,
        currency=said.currency,
        asked={"key": remedy.key, "kind": said.kind.value, "title": said.title, "options": {}},
        reference=said.reference[:100],
        provider_status=said.status[:60],
        frozen_at=said.at or now,
        stopped=Stopped.MAYBE_SENT if is_doubtful else Stopped.NONE,
        stopped_at=now if is_doubtful else None,
        **dict.fromkeys(WHEN[said.state], said.at or now),
    )


def _log(moves: Iterable[tuple[Remedy, str, str]], by: Staff) -> None:
    rows = [Move(each.recall_id, each.entitlement_id, before, to) for each, before, to in moves]
    record_moves(
        rows, subject=Subject.REMEDY, actor=Actor.STAFF, actor_id=by.pk, reason=Reason.TAKEN_OVER
    )


def settle_doubt(order: Order, *, was_sent: bool, by: Staff) -> None:
    """A person found out whether an order was sent of which nobody knew. It is locked."""
    remedy = order.remedy
    to = S.DELIVERED if was_sent else S.CANCELLED
    _move([remedy], to)
    _log([(remedy, S.ORDERING, to)], by)
    order.stopped, order.stopped_at = Stopped.NONE, None
    if was_sent:
        at = order.frozen_at
        order.ordered_at = order.sent_at = order.delivered_at = at
        count_remedies([order], gift_cards=gift_cards_count(remedy.recall))
    order.save(update_fields=["stopped", "stopped_at", "ordered_at", "sent_at", "delivered_at"])
