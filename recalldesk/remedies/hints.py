"""A webhook named something: the order that it belongs to is read again.

Guarantees: nothing is changed by what a webhook says; one that names nothing of ours has no effect;
many for one order have it read once, as long as that waits.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.remedies.errors import ProviderUnknown
from recalldesk.remedies.following import look_soon
from recalldesk.remedies.models import Order
from recalldesk.remedies.providers.interface import NamesOrders
from recalldesk.remedies.providers.registry import provider_named

FOLLOW, QUEUE = "remedies.follow_hint", "remedies"
OF_ORDERS = frozenset({"orders", "shipments"})
"""What orders themselves are called; of anything else the provider is asked whose it is."""


def take_hint(*, provider: str, kind: str, name: str) -> None:
    """Has the order read that is named, now or once the provider said which it is."""
    if kind in OF_ORDERS:
        _look_at(provider, name)
        return
    lock = f"{FOLLOW}:{provider}:{name}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(FOLLOW, queue=QUEUE, queueing_lock=lock).defer(
            provider=provider, kind=kind, name=name
        )


def follow_hint(*, provider: str, kind: str, name: str) -> None:
    """Asks the provider which order it belongs to, and has that read."""
    try:
        asked = provider_named(provider)
    except ProviderUnknown:
        return
    if isinstance(asked, NamesOrders) and (reference := asked.order_named(kind, name)):
        _look_at(provider, reference)


def _look_at(provider: str, reference: str) -> None:
    rows = Order.objects.filter(provider=provider, reference=reference)
    for remedy_id in rows.values_list("remedy_id", flat=True):
        look_soon(remedy_id)
