"""One worker at a time is at an order, and holds no transaction open while a provider answers.

Guarantee: the lock belongs to the database session, so that whoever dies gives it up. Behind a
pooler that hands out sessions by transaction it would not hold: docs/serving.md says so.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

SPACE = 0x5243_4C44_0000_0000
"""Advisory locks of orders: the high bits of each."""
LOCK = """
SELECT place, pg_try_advisory_lock(number)
FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (number, place)
"""
UNLOCK = "SELECT pg_advisory_unlock(number) FROM unnest(%s::bigint[]) AS held (number)"


@contextmanager
def alone_with(remedy_id: uuid.UUID) -> Iterator[bool]:
    """Whether this session has the order for itself, until the end."""
    with alone_with_each([remedy_id]) as mine:
        yield remedy_id in mine


@contextmanager
def alone_with_each(remedy_ids: Sequence[uuid.UUID]) -> Iterator[frozenset[uuid.UUID]]:
    """Those of the orders that this session has for itself, until the end."""
    numbers = [_number(each) for each in remedy_ids]
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [numbers])
        places = [place - 1 for place, has_it in cursor.fetchall() if has_it]
    try:
        yield frozenset(remedy_ids[place] for place in places)
    finally:
        # Where two share a number it is held twice, and given up twice.
        if places and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [[numbers[place] for place in places]])


def _number(remedy_id: uuid.UUID) -> int:
    return SPACE | (remedy_id.int & 0xFFFF_FFFF)
