"""The orders of a shop whose buyers it is to tell.

Guarantees: an order counts as reachable only where some purchaser whom a file names with it has a
contact of any kind; what the live version covers no more, or came back whole, is never asked.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from recalldesk.outreach.models import ToldOrder
from recalldesk.outreach.states import OrderTold
from recalldesk.purchasers.models import ContactPoint, Purchase, Sighting
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class OrdersAsked:
    """Which orders. `everybody`: also those whose buyers can be reached; `weak`: also those that
    perhaps are affected; `again`: also those that a shop was asked about before."""

    channel: Channel
    everybody: bool = False
    weak: bool = False
    again: bool = False


@dataclass(frozen=True)
class OrdersCounted:
    """`orders`, with their `purchases` and `units`; `nameless`: purchases that bear no number of an
    order, about which no shop can be asked."""

    orders: int
    purchases: int
    units: int
    nameless: int


def purchases_of(recall: Recall, asked: OrdersAsked) -> QuerySet[Purchase]:
    """The affected purchases that are meant, also those without a number."""
    rows = Purchase.objects.filter(
        recall=recall,
        channel=asked.channel,
        unmatched_at=None,
        units__gt=F("units_back"),
    )
    if not asked.weak:
        rows = rows.filter(strength=Strength.STRONG)
    if not asked.everybody:
        points = ContactPoint.objects.filter(recall_id=recall.pk)
        own = points.filter(purchaser=OuterRef("purchaser"))
        seen = Sighting.objects.filter(
            Exists(points.filter(purchaser=OuterRef("purchaser"))),
            recall_id=recall.pk,
            line_digest=OuterRef("line_digest"),
        )
        rows = rows.filter(~Exists(own), ~Exists(seen))
    if not asked.again:
        before = ToldOrder.objects.filter(purchase=OuterRef("pk")).exclude(outcome=OrderTold.FAILED)
        rows = rows.filter(~Exists(before))
    return rows


def products_of(recall: Recall, asked: OrdersAsked) -> tuple[str, ...]:
    """The keys of the products on the list."""
    rows = purchases_of(recall, asked).exclude(order_digest=b"").order_by("product")
    return tuple(rows.values_list("product", flat=True).distinct())


def orders_counted(recall: Recall, asked: OrdersAsked) -> OrdersCounted:
    """What a list would hold now."""
    rows = purchases_of(recall, asked)
    named = rows.exclude(order_digest=b"")
    units = sum(bought - back for bought, back in named.values_list("units", "units_back"))
    return OrdersCounted(
        orders=named.values("order_digest").distinct().count(),
        purchases=named.count(),
        units=units,
        nameless=rows.filter(order_digest=b"").count(),
    )
