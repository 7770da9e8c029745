"""The firm's own gift codes, in the clear: only where they are asked for by name.

Guarantee: each code that is not erased is written once, exactly, with what became of it.
"""

import json
from collections.abc import Iterator

from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import GiftCode
from recalldesk.sealing.fields_of_rows import opened


def code_lines(recall: Recall) -> Iterator[bytes]:
    """A JSON object a line."""
    rows = GiftCode.objects.filter(recall_id=recall.pk).exclude(sealed_code=b"")
    for code in rows.select_related("pool").order_by("pk").iterator(chunk_size=500):
        yield f"{json.dumps(_said(code), ensure_ascii=False)}\n".encode()


def _said(code: GiftCode) -> dict[str, str | None]:
    pool = code.pool
    days = {"expires_on": pool.expires_on, "handed_at": code.handed_at, "shown_at": code.shown_at}
    return {
        "pool": pool.name,
        "code": opened(code, "sealed_code"),
        "pin": opened(code, "sealed_pin"),
        "value": f"{pool.value:.2f}",
        "currency": pool.currency,
        "standing": standing_of(code),
        "remedy_id": str(code.handed_to) if code.handed_to else None,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def standing_of(code: GiftCode) -> str:
    """What became of it."""
    if code.withdrawn_at is not None:
        return "withdrawn"
    if code.handed_to is None:
        return "left"
    return "shown" if code.shown_at is not None else "handed_out"
