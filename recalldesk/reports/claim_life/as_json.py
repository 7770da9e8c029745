"""A claim's life as JSON: each section by its name; times in ISO 8601, UTC."""

import json
from datetime import UTC, date, datetime
from typing import Any

from recalldesk.reports.claim_life.parts import ClaimLife, Value

FORM = 1


def as_json(life: ClaimLife) -> str:
    """The whole of it, indented, in UTF-8."""
    content: dict[str, Any] = {
        "form": FORM,
        "reference": life.reference,
        "recall": life.recall,
        "exported_by": life.exported_by,
        "exported_at": _plain(life.exported_at),
        "reason": life.reason,
        "shows_personal_data": life.shows_personal,
        "head": life.head,
    }
    for section in life.sections:
        content[section.name] = [
            {key: _plain(value) for key, value in record.items()} for record in section.records
        ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
