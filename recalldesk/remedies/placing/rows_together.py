"""Writes fields of many rows in one statement.

Guarantee: each row gets what its object holds, through the same triggers as one saved alone.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import BinaryField, Field, Model


def save_together(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Saves these fields of rows of one model, each row once."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [meta.pk, *(each for each in meta.concrete_fields if each.name in names)]
    key, *columns = (_quoted(each.column) for each in fields)
    table = _quoted(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(f'{each} = new.{each}' for each in columns)}"  # noqa: S608 - names of our models
            f" FROM unnest({', '.join(_array(each) for each in fields)})"
            f" AS new (row_key, {', '.join(columns)}) WHERE {table}.{key} = new.row_key",
            [[_value(each, row) for row in rows] for each in fields],
        )


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _array(field: "Field[Any, Any]") -> str:
    # With its length a text that is too long would be cut in silence.
    kind = str(field.rel_db_type(connection)).split("(", 1)[0]
    return f"%s::{kind}[]"


def _value(field: "Field[Any, Any]", row: Model) -> object:
    if isinstance(field, BinaryField):
        kept = getattr(row, field.attname)
        return None if kept is None else bytes(kept)
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return value.value if isinstance(value, Enum) else value
