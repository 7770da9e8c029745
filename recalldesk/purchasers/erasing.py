"""What is known of purchasers is erased: names, contact points, orders, serials.

Guarantees: every row stays, with what was bought, when, where, and who was told, so that no figure
changes; the keyed digests of contacts stay, by which a notice counts as sent and somebody who wants
no more is not written to; the keys by which the same person is found go.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import Reached
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser, PurchaserKey


def purchasers_telling() -> QuerySet[Purchaser]:
    """Those of whom something is left to be erased."""
    reached = ContactPoint.objects.filter(purchaser=OuterRef("pk"), sealed_value__gt=b"")
    named = Q(sealed_order__gt=b"") | Q(sealed_serial__gt=b"")
    bought = Purchase.objects.filter(named, purchaser=OuterRef("pk"))
    return Purchaser.objects.filter(Q(sealed_name__gt=b"") | Exists(reached) | Exists(bought))


def purchasers_held() -> Q:
    """Those whom a legal hold keeps."""
    return held_rows([Kind.PURCHASERS], recall="recall_id", country="country", of=Reached.PURCHASER)


def empty_purchasers(numbers: Collection[int]) -> None:
    """Empties what is known of them, in the caller's transaction."""
    ContactPoint.objects.filter(purchaser__in=numbers).update(sealed_value=b"")
    PurchaserKey.objects.filter(purchaser__in=numbers).delete()
    Purchaser.objects.filter(pk__in=numbers).update(sealed_name=b"", name_digest=b"")
    bought = Purchase.objects.filter(purchaser__in=numbers)
    bought.update(sealed_order=b"", sealed_serial=b"")
