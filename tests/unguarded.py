"""The one way past the triggers that is left, for tests that must: their tables' owner's."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from recalldesk.config.triggers import keep_them_on


@contextmanager
def unguarded(*tables: str) -> Iterator[None]:
    """Switches the triggers of these tables off, of all that bear any where none is named."""
    guarded = [m._meta.db_table for m in apps.get_models() if getattr(m._meta, "triggers", ())]
    with connection.cursor() as cursor:
        # What is looked at only when a transaction ends would keep a table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables or guarded:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        keep_them_on(connection.alias)
