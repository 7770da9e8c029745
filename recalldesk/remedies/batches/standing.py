"""How an order stands by its line: what was read back from the warehouse or bank."""

import json
from datetime import timedelta

from recalldesk.foundation import clock
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState
from recalldesk.remedies.models import BatchLine
from recalldesk.remedies.providers.interface import Found, Standing, Tracking
from recalldesk.remedies.states import RemedyState, Stopped
from recalldesk.sealing.fields_of_rows import opened

SILENCE_PAYS = timedelta(days=7)
"""A US bank says nothing of transfers that went well: five banking days without a return."""
STANDINGS = {
    LineState.LISTED: Standing.ORDERED,
    LineState.CANCELLED: Standing.CANCELLED,
    LineState.SENT: Standing.SENT,
    LineState.DONE: Standing.DELIVERED,
    LineState.REFUSED_ACCOUNT: Standing.FAILED,
    LineState.REFUSED: Standing.ORDERED,
    LineState.RETURNED: Standing.RETURNED,
}
WHY = {LineState.REFUSED_ACCOUNT: Stopped.PAYEE, LineState.REFUSED: Stopped.REFUSED}
"""An account that is refused is the owner's to mend. Anything else that a bank refuses, such as a
payment that it takes for one made already, is looked at by a person before another is made."""
OUT_OF_STOCK = frozenset({"out of stock", "backordered"})
"""A warehouse's words for a refusal of which the desk need not ask why."""
REFUSED_THERE = "refused there"


def found_of(line: BatchLine) -> Found:
    """How the order stands. Raises SealingError."""
    state = LineState(line.state)
    if is_paid_by_silence(line):
        state = LineState.DONE
    if state is LineState.REFUSED and line.order.remedy.state == RemedyState.CANCELLED:
        return Found(line.mark, Standing.CANCELLED, REFUSED_THERE)  # a person settled it
    text = opened(line, "sealed_tracking")
    return Found(
        reference=line.mark,
        standing=STANDINGS[state],
        status=line.status or _own_status(line),
        at=line.done_at or (line.listed_at if state is LineState.LISTED else None),
        tracking=Tracking(**json.loads(text)) if text else None,
        amount=line.order.amount,
        currency=line.order.currency,
        why=_why(state, line.status),
    )


def _why(state: LineState, word: str) -> Stopped:
    if state is LineState.REFUSED and word in OUT_OF_STOCK:
        return Stopped.OUT_OF_STOCK
    return WHY.get(state, Stopped.NONE)


def is_paid_by_silence(line: BatchLine) -> bool:
    """Whether it is a transfer of which the bank would have told had it come back."""
    at = line.batch.handed_out_at
    is_ours = line.batch.kind == BatchKind.US_ACCOUNT
    waits = line.state in (LineState.LISTED, LineState.SENT)
    return is_ours and waits and at is not None and at < clock.now() - SILENCE_PAYS


def _own_status(line: BatchLine) -> str:
    return "listed" if line.batch.state == BatchState.OPEN else "in a file"
