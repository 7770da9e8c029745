"""One worker at a time is at an order, and holds no transaction open while a provider answers.

Guarantee: the lock belongs to the database session, so that whoever dies gives it up. Behind a
pooler that hands out sessions by transaction it would not hold: docs/serving.md says so.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SPACE = 0x5243_4C44_0000_0000
"""Advisory locks of orders: the high bits of each."""


@contextmanager
def alone_with(remedy_id: uuid.UUID) -> Iterator[bool]:
    """Whether this session has the order for itself, until the end."""
    number = SPACE | (remedy_id.int & 0xFFFF_FFFF)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        (has_it,) = cursor.fetchone()
    try:
        yield bool(has_it)
    finally:
        if has_it and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
