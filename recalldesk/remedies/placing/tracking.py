"""Where a parcel can be followed, kept sealed: a tracking number tells an address."""

import json
from dataclasses import asdict

from recalldesk.remedies.models import Order
from recalldesk.remedies.providers.interface import Tracking
from recalldesk.sealing.fields_of_rows import opened, sealed


def keep_tracking(order: Order, tracking: Tracking | None) -> None:
    """Puts it into the row; the caller saves. Nothing is taken back by an answer without it."""
    if tracking is None:
        return
    text = json.dumps(asdict(tracking), sort_keys=True)
    order.sealed_tracking = sealed(Order, "sealed_tracking", text, recall_id=order.recall_id)


def tracking_of(order: Order) -> Tracking | None:
    """Where it can be followed; None where nothing is known. Raises SealingError."""
    text = opened(order, "sealed_tracking")
    return Tracking(**json.loads(text)) if text else None
