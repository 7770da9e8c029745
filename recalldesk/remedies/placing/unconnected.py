"""Orders whose provider is not connected wait for it, and the desk and the doctor say so at once.

Guarantees: they stay due, and go on by themselves once it is connected; a person who does not want
to wait has them stopped, to be cancelled or switched one by one, with a reason in the log.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing.alone import alone_with_each
from recalldesk.remedies.providers.registry import configured
from recalldesk.remedies.states import Stopped

AT_ONCE = 200


@dataclass(frozen=True)
class Unconnected:
    """A provider that orders wait for: how many, the oldest since when."""

    provider: str
    orders: int
    since: datetime


def unconnected() -> tuple[Unconnected, ...]:
    """The providers that are not connected and have something to do."""
    rows = _waiting().values("provider").annotate(orders=Count("pk"), since=Min("frozen_at"))
    return tuple(Unconnected(**row) for row in rows.order_by("provider"))


def stop_waiting(*, provider: str, by: Staff, note: str) -> int:
    """Has those that wait for this provider stopped, at most `AT_ONCE`; how many.

    Raises NotPermitted, NotOrderable where none waits or no reason is given.
    """
    require(by, Permission.MANAGE_REMEDIES)
    if not note.strip():
        raise NotOrderable("Say why.", "The reason stands sealed in the log.")
    rows = _waiting().filter(provider=provider).order_by("pk")
    found = dict(rows.values_list("remedy_id", "pk")[:AT_ONCE])
    with alone_with_each(list(found)) as mine, transaction.atomic():
        orders = list(_waiting().filter(pk__in=[found[each] for each in mine]))
        if not orders:
            raise NotOrderable("No order waits for it (any more).", "Look at the list again.")
        for order in orders:
            _stop(order, by, note)
    return len(orders)


def _waiting() -> QuerySet[Order]:
    return Order.objects.filter(next_try_at__isnull=False).exclude(provider__in=configured())


def _stop(order: Order, by: Staff, note: str) -> None:
    order.next_try_at, order.stopped, order.stopped_at = None, Stopped.NOT_CONFIGURED, clock.now()
    order.save(update_fields=["next_try_at", "stopped", "stopped_at"])
    record_change(
        subject=Subject.ORDER,
        subject_id=order.pk,
        to_state=f"stopped:{order.stopped.value}",
        reason=Reason.BY_PERSON,
        actor_id=by.pk,
        recall_id=order.recall_id,
        note=note,
    )
