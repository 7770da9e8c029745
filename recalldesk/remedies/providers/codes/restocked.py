"""Orders that found no code go on by themselves once codes are there.

Guarantees: as many go on as there are codes, the longest waiting first; one whose pool has expired,
or that names another pool, goes on waiting for a person; each stands in the log.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.models import CodePool, GiftCode, Order
from recalldesk.remedies.ordering import place_soon
from recalldesk.remedies.states import Stopped

POOL = "asked__options__pool"
SENT_ON = "sent_on"


def send_on_restocked() -> int:
    """Has the orders tried again that any pool can serve by now; how many."""
    waiting = Order.objects.filter(
        provider=ProviderName.CODES.value, stopped=Stopped.OUT_OF_STOCK
    ).values_list("recall_id", flat=True)
    pools = CodePool.objects.filter(recall_id__in=waiting.distinct()).order_by("pk")
    now = clock.now()
    return sum(send_on_for(pool) for pool in pools if not pool.is_over(now.date()))


@transaction.atomic
def send_on_for(pool: CodePool) -> int:
    """The same of one pool."""
    free = GiftCode.objects.filter(pool=pool, handed_to__isnull=True).count()
    rows = _served_by(pool).select_for_update(skip_locked=True).order_by("stopped_at", "pk")
    orders, now = list(rows[:free]), clock.now()
    for order in orders:
        _let_go(order, now)
    if orders:
        transaction.on_commit(place_soon)
    return len(orders)


def _served_by(pool: CodePool) -> QuerySet[Order]:
    names_no_other = Q(**{POOL: pool.name}) | Q(**{POOL: ""}) | Q(**{POOL: None})
    return Order.objects.filter(
        names_no_other | ~Q(asked__options__has_key="pool"),
        provider=ProviderName.CODES.value,
        stopped=Stopped.OUT_OF_STOCK,
        recall_id=pool.recall_id,
        amount=pool.value,
        currency=pool.currency,
    )


def _let_go(order: Order, now: datetime) -> None:
    record_change(
        subject=Subject.ORDER,
        subject_id=order.pk,
        from_state=f"stopped:{order.stopped}",
        to_state=SENT_ON,
        actor=Actor.MACHINE,
        recall_id=order.recall_id,
    )
    order.stopped, order.stopped_at = Stopped.NONE, None
    order.next_try_at, order.tries = now, 0
    order.save(update_fields=["stopped", "stopped_at", "next_try_at", "tries"])
