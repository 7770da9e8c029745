"""Rows and moments as messages show them. Without Django.

Guarantee: whatever a row says can be shown, also what somebody else put there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from recalldesk.audit.canonical import COLUMNS, Value


def said(values: Sequence[Value] | None) -> Mapping[str, str] | None:
    """What a row says, as text by column; None where it is gone."""
    if values is None:
        return None
    return {column: _text(value) for column, value in zip(COLUMNS, values, strict=True)}


def moment(at: datetime) -> str:
    """A time as messages show it."""
    return at.strftime("%Y-%m-%d %H:%M UTC")


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return "" if value is None else str(value)
