"""Takes orders whose time has come, some at once, and places them one after the other.

Guarantees: an order is taken by one worker; whoever dies with some leaves them due again a few
minutes later; while ordering is held, or a provider is left alone, none of it is taken.
"""

from datetime import datetime, timedelta

from django.db import connection

from recalldesk.foundation import clock
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing import circuits, holds
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.placing.placing import place

AT_ONCE = 20
LEASE = timedelta(minutes=3)
"""A worker that took an order and did not come to it in this time is taken for dead."""
TAKE = """
UPDATE remedies_order SET next_try_at = %(lease)s WHERE id IN (
    SELECT id FROM remedies_order
    WHERE next_try_at <= %(now)s AND provider <> ALL(%(closed)s)
    ORDER BY next_try_at LIMIT %(count)s FOR UPDATE SKIP LOCKED)
RETURNING id
"""


def place_due(*, most: int = 1_000) -> int:
    """Places what is due, at most so many; how many were asked for. Stops when held."""
    asked = 0
    while asked < most and not holds.is_held():
        taken, lease = _take(min(AT_ONCE, most - asked))
        if not taken:
            break
        asked += _place_all(taken, lease)
    return asked


def _place_all(taken: list[int], lease: datetime) -> int:
    """Places them in turn; those of a provider that is left alone by now are due again at once."""
    asked = 0
    while taken:
        order_id = taken.pop(0)
        answered = _place_one(order_id, lease)
        asked += answered is not None
        if answered is False and (closed := circuits.open_providers(clock.now())):
            left = Order.objects.filter(pk__in=taken, provider__in=closed, next_try_at=lease)
            given_back = set(left.values_list("pk", flat=True))
            left.update(next_try_at=clock.now())
            taken = [each for each in taken if each not in given_back]
    return asked


def _take(count: int) -> tuple[list[int], datetime]:
    now = clock.now()
    lease = now + LEASE
    closed = circuits.open_providers(now)
    # Of a provider in doubt one order is tried, alone.
    count = 1 if circuits.doubtful_providers() - closed else count
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"lease": lease, "now": now, "closed": sorted(closed), "count": count})
        return sorted(row[0] for row in cursor.fetchall()), lease


def _place_one(order_id: int, lease: datetime) -> bool | None:
    """Whether its provider answered; None where somebody else is at it, or came to it before."""
    order = Order.objects.select_related("remedy__recall").get(pk=order_id)
    with alone_with(order.remedy_id) as is_alone:
        if not is_alone:
            return None
        order.refresh_from_db(fields=["next_try_at", "stopped", "reference", "tries"])
        if order.next_try_at != lease:
            return None
        return place(order)
