"""The list of purchases, page by page, and who is found by what a person asks for.

Guarantees: a page begins behind its place whatever came meanwhile; a row names nobody in full; what
is asked for is compared by keyed digests, and stands in no address and no log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.matching.orders import Price, shortest
from recalldesk.purchasers.digests import name_digest, order_digest, value_digests
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from recalldesk.purchasers.reads.read_as import shop_of
from recalldesk.purchasers.reads.shown import ShownPurchaser, shown
from recalldesk.purchasers.states import Channel, ContactKind, Strength
from recalldesk.recalls.models import Recall

PAGE_SIZE = 50
MOST_COUNTED = 1_000
MOST_FOUND = 50
LONGEST_NUMBER = 18


class CoveredOrNot(StrEnum):
    """Whether the live version covers a purchase still."""

    YES = "yes"
    NO = "no"


class Reached(StrEnum):
    """How the buyer of a purchase can be reached: by something of their own, by nothing but a
    shop's alias, or not at all, as where nobody is named."""

    OWN = "own"
    ALIAS = "alias"
    NO = "no"


@dataclass(frozen=True)
class PurchaseFilters:
    """What a list is narrowed to; empty or None where by nothing."""

    channel: Channel | None = None
    strength: Strength | None = None
    file: int | None = None
    product: str = ""
    covered: CoveredOrNot | None = None
    reached: Reached | None = None


@dataclass(frozen=True, repr=False)
class PurchaseRow:
    """One purchase as it is listed. `shop`: as its file's mapping names it, or empty; `buyer`:
    masked; None where no file names one; `unmatched_at`: since when the version covers it no more;
    `taken_back_at`: since when no file that counts names it."""

    number: int
    channel: Channel
    shop: str
    product: str
    units: int
    units_back: int
    price: Price | None
    ordered_on: date | None
    country: str
    strength: Strength
    reasons: tuple[str, ...]
    file: int
    line: int
    buyer: ShownPurchaser | None
    unmatched_at: datetime | None
    taken_back_at: datetime | None


@dataclass(frozen=True)
class PurchasePage:
    """A page of the list. `after`: the place of the next page, or empty; `count`: how many stand in
    the list with its filters, up to one more than `MOST_COUNTED`."""

    rows: tuple[PurchaseRow, ...]
    after: str
    count: int


READ_BY: Mapping[str, Any] = {
    "channel": Channel,
    "strength": Strength,
    "covered": CoveredOrNot,
    "reached": Reached,
}


def filters_in(query: Mapping[str, str]) -> tuple[PurchaseFilters, bool]:
    """The filters of an address, and whether something that is none was left out."""
    read: dict[str, Any] = {}
    is_refused = False
    for name, kind in READ_BY.items():
        text = query.get(name, "")
        if text in [each.value for each in kind]:
            read[name] = kind(text)
        else:
            is_refused |= bool(text)
    product, file = query.get("product", ""), query.get("file", "")
    if product.isascii() and product.replace("-", "").isalnum() and len(product) <= 60:
        read["product"] = product
    else:
        is_refused |= bool(product)
    if (number := _number_in(file)) is not None:
        read["file"] = number
    else:
        is_refused |= bool(file)
    return PurchaseFilters(**read), is_refused


def query_of(filters: PurchaseFilters, *, after: str = "") -> str:
    """What stands behind the question mark."""
    named = {
        each.name: str(value) for each in fields(filters) if (value := getattr(filters, each.name))
    }
    return urlencode(named | ({"after": after} if after else {}))


def purchases_listed(
    recall: Recall,
    filters: PurchaseFilters,
    *,
    by: Staff,
    after: str = "",
    size: int = PAGE_SIZE,
) -> PurchasePage:
    """A page of a recall's purchases, the newest first. A place that is none is the beginning.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.SEE_PURCHASERS)
    rows = _narrowed(recall, filters)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    if (place := _number_in(after)) is not None:
        rows = rows.filter(pk__lt=place)
    found = list(rows.select_related("purchaser", "file").order_by("-pk")[: size + 1])
    page = found[:size]
    return PurchasePage(
        rows=rows_of(page),
        after=str(page[-1].pk) if len(found) > size else "",
        count=count,
    )


def purchasers_found(recall: Recall, text: str, *, by: Staff) -> tuple[ShownPurchaser, ...]:
    """Those of a recall whose e-mail address, phone number, whole name, or number of an order this
    text is; masked. Raises NotPermitted, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    asked = text.strip()
    if not asked:
        return ()
    contacts = ContactPoint.objects.filter(recall_id=recall.pk, digest__in=value_digests(asked))
    orders = Purchase.objects.filter(
        recall=recall,
        order_digest=order_digest(asked),
        purchaser__isnull=False,
    )
    found = Q(pk__in=contacts.values("purchaser_id")) | Q(pk__in=orders.values("purchaser_id"))
    if by_name := name_digest(asked):
        found |= Q(name_digest=by_name)
    rows = Purchaser.objects.filter(found, recall=recall).order_by("pk")
    return tuple(shown(list(rows[:MOST_FOUND])).values())


def rows_of(purchases: list[Purchase]) -> tuple[PurchaseRow, ...]:
    """Purchases as they are listed, their buyers masked. Raises SealingError."""
    buyers = shown([each.purchaser for each in purchases if each.purchaser])
    return tuple(
        PurchaseRow(
            number=each.pk,
            channel=Channel(each.channel),
            shop=shop_of(each.file.reading),
            product=each.product,
            units=each.units,
            units_back=each.units_back,
            price=price_paid(each),
            ordered_on=each.ordered_on,
            country=each.country,
            strength=Strength(each.strength),
            reasons=tuple(each.reasons),
            file=each.file_id,
            line=each.line,
            buyer=buyers.get(each.purchaser_id or 0),
            unmatched_at=each.unmatched_at,
            taken_back_at=each.taken_back_at,
        )
        for each in purchases
    )


def price_paid(purchase: Purchase) -> Price | None:
    """What was paid for a purchase's units; None where no file says it."""
    if purchase.price is None:
        return None
    return Price(shortest(purchase.price), purchase.currency)


def amount_paid(purchase: Purchase) -> str:
    """Its amount alone; empty where no file says it."""
    paid = price_paid(purchase)
    return str(paid.amount) if paid else ""


def _narrowed(recall: Recall, filters: PurchaseFilters) -> QuerySet[Purchase]:
    rows = Purchase.objects.filter(recall=recall)
    for name in ("channel", "strength", "product"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.file is not None:
        rows = rows.filter(file_id=filters.file)
    if filters.covered:
        rows = rows.filter(unmatched_at__isnull=filters.covered is CoveredOrNot.YES)
    if filters.reached:
        rows = rows.filter(_reached_by(filters.reached))
    return rows


def _reached_by(how: Reached) -> Q:
    points = ContactPoint.objects.filter(purchaser=OuterRef("purchaser"))
    own = Exists(points.exclude(kind=ContactKind.ALIAS))
    if how is Reached.OWN:
        return Q(own)
    alias = Exists(points.filter(kind=ContactKind.ALIAS))
    return ~Q(own) & (Q(alias) if how is Reached.ALIAS else ~Q(alias))


def _number_in(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None
