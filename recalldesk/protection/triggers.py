"""Triggers for tables whose rows must outlive every mistake.

Guarantee: a table that bears one is not emptied at once; what row triggers refuse to delete one by
one is not swept away by TRUNCATE.
"""

import pgtrigger


def only_erased(field: str, *, name: str) -> pgtrigger.Trigger:
    """Refuses another sealed value in a field: it may only be emptied."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            f"NEW.{field} IS DISTINCT FROM OLD.{field} AND NEW.{field} <> ''::bytea"
        ),
    )


def never_emptied() -> pgtrigger.Trigger:
    """Refuses TRUNCATE, also one that cascades from another table."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'recalldesk: the table % is never emptied', TG_TABLE_NAME;",
    )
