"""All that files asked a warehouse or bank to do: by our rows, and by the journal where a restore
lost the row."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from recalldesk.remedies import journal
from recalldesk.remedies.batches.left import JOURNALED
from recalldesk.remedies.batches.standing import found_of
from recalldesk.remedies.batches.states import LineState
from recalldesk.remedies.models import BatchLine
from recalldesk.remedies.providers.interface import Effect, Found, Standing

IN_JOURNAL = "in the journal"
AT_ONCE = 2_000


def effects_of(provider: str, since: datetime) -> Iterator[Effect]:
    """Those of a provider that were listed since then, each once."""
    rows = BatchLine.objects.filter(order__provider=provider, listed_at__gte=since)
    rows = rows.exclude(state=LineState.CANCELLED).select_related("batch", "order__remedy")
    for line in rows.order_by("pk").iterator(AT_ONCE):
        yield Effect(found_of(line), line.order.remedy_id)
    yield from _lost(provider, since)


def _lost(provider: str, since: datetime) -> Iterator[Effect]:
    entries = {
        entry["remedy"]: entry
        for entry in journal.lines(JOURNALED)
        if entry.get("provider") == provider and datetime.fromisoformat(entry["at"]) >= since
    }
    marks = [entry["mark"] for entry in entries.values()]
    known = set(BatchLine.objects.filter(mark__in=marks).values_list("mark", flat=True))
    for remedy_id, entry in entries.items():
        if entry["mark"] not in known:
            yield Effect(_found(entry), uuid.UUID(remedy_id))


def _found(entry: Mapping[str, str]) -> Found:
    """A journal of before knows no amounts."""
    amount = entry.get("amount", "")
    return Found(
        reference=entry["mark"],
        standing=Standing.ORDERED,
        status=IN_JOURNAL,
        at=datetime.fromisoformat(entry["at"]),
        amount=Decimal(amount) if amount else None,
        currency=entry.get("currency", ""),
    )
