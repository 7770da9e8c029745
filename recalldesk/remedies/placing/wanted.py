"""An order as its provider is asked for it."""

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.models import Order
from recalldesk.remedies.providers.interface import Wanted
from recalldesk.remedies.recipient import Recipient
from recalldesk.sealing.fields_of_rows import opened


def wanted_of(order: Order) -> Wanted:
    """What the order asks for, from its frozen row. Raises SealingError."""
    return Wanted(
        id=order.remedy_id,
        recall=order.remedy.recall.slug,
        remedy_key=order.asked["key"],
        kind=RemedyKind(order.asked["kind"]),
        recipient=Recipient.from_text(opened(order, "sealed_recipient")),
        amount=order.amount,
        currency=order.currency,
        reference=order.reference,
        title=order.asked["title"],
        options=order.asked["options"],
    )
