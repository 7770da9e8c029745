"""Remedies that are to be ordered, made up."""

import uuid
from datetime import timedelta

from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Budget, Ordering, ProviderName, RemedyKind
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.recalls.models import Recall
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.ordering import begin_order
from recalldesk.remedies.recipient import Recipient

OWNER = Recipient(name="Olive Owner", email="olive@example.com", language="en")


def card(**changed: object) -> Offered:
    """A gift card of 30 dollars by the service."""
    fields = {
        "key": "card",
        "kind": RemedyKind.GIFT_CARD,
        "countries": ("US",),
        "title": {"en": "A gift card"},
        "explanation": {"en": "It comes by e-mail."},
        "value": {"amount": "30.00", "currency": "USD"},
        "days": 5,
        "ordering": Ordering(provider=ProviderName.TREMENDOUS, campaign="CAMPAIGN1"),
    }
    return Offered.model_validate(fields | changed)


def granted(unit: bytes = b"u" * 32, slug: str = "kettle-k20") -> Remedy:
    """A remedy that may be ordered now."""
    recall, _ = Recall.objects.get_or_create(slug=slug)
    return grant_remedy(
        unit_digest=unit, recall=recall, key="card", orderable_at=clock.now() - timedelta(days=1)
    )


def ordered(
    unit: bytes = b"u" * 32,
    offered: Offered | None = None,
    budget: Budget | None = None,
    recipient: Recipient = OWNER,
) -> Order:
    """The frozen order of one."""
    return begin_order(
        remedy_id=granted(unit).pk, offered=offered or card(), budget=budget, recipient=recipient
    )


def units(count: int) -> list[bytes]:
    """Digests of made-up units."""
    return [uuid.uuid5(uuid.NAMESPACE_OID, str(each)).bytes * 2 for each in range(count)]
