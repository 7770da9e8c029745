"""Takes orders whose time has come, some of one provider at once, and has them placed.

Guarantees: an order is taken by one worker; whoever dies with some leaves them due again a few
minutes later; while ordering is held, or a provider is left alone, none of it is taken; what a
provider that is not connected shall do stays due.
"""

from collections import deque
from contextlib import ExitStack
from datetime import timedelta

from django.db import connection

from recalldesk.foundation import clock
from recalldesk.remedies.placing import circuits, holds
from recalldesk.remedies.placing.asking import Asker
from recalldesk.remedies.placing.groups import Taken, place_group
from recalldesk.remedies.providers.registry import configured

LEASE = timedelta(minutes=3)
"""A worker that took an order and did not come to it in this time is taken for dead."""
TAKE = """
UPDATE remedies_order SET next_try_at = %(lease)s WHERE id IN (
    SELECT id FROM remedies_order
    WHERE next_try_at <= %(now)s AND provider = %(provider)s
    ORDER BY next_try_at, id LIMIT %(count)s FOR UPDATE SKIP LOCKED)
RETURNING id, remedy_id
"""


def place_due(*, most: int = 1_000) -> int:
    """Places what is due, at most so many; how many were asked for. Stops when held.

    Providers take turns, so that none waits for all of another's.
    """
    asked, askers = 0, deque[Asker]()
    with ExitStack() as open_ones:
        askers.extend(open_ones.enter_context(Asker(each)) for each in configured().values())
        while askers and asked < most and not holds.is_held():
            count = min(askers[0].at_once, most - asked)
            taken = _take(askers[0].provider.name, count)
            if taken is None:
                askers.popleft()
                continue
            asked += place_group(askers[0], taken)
            askers.rotate(-1)
    return asked


def _take(provider: str, count: int) -> Taken | None:
    """Some of its orders; None where none is due, or it is to be left alone."""
    now = clock.now()
    if provider in circuits.open_providers(now):
        return None
    # Of a provider in doubt one order is tried, alone.
    count = 1 if provider in circuits.doubtful_providers() else count
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE, {"lease": now + LEASE, "now": now, "provider": provider, "count": count}
        )
        taken = dict(cursor.fetchall())
    return Taken(taken, now + LEASE) if taken else None
