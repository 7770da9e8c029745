"""An order as its provider is asked for it."""

from recalldesk.recalls.document.remedy import PROVIDERS, RemedyKind
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
        kind=_kind(order),
        recipient=Recipient.from_text(opened(order, "sealed_recipient")),
        amount=order.amount,
        currency=order.currency,
        reference=order.reference,
        title=order.asked["title"],
        options=order.asked["options"],
    )


def _kind(order: Order) -> RemedyKind:
    """As the recall said; of an order that was adopted, the first that its provider hands out."""
    if order.asked["kind"]:
        return RemedyKind(order.asked["kind"])
    return next(kind for kind, names in PROVIDERS.items() if order.provider in names)
