"""Figures of those shops whose form a mapping file says, each by the name that it gives.

Guarantees: they are parts of the channel “another shop”, and add up to it, but for purchasers, who
may have bought in several; a file whose mapping names no shop is of the one without a name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.models import Recall

NO_NAME = Value("", output_field=TextField())
SHOP = KeyTextTransform("channel", KeyTextTransform("mapping", "reading"))


@dataclass(frozen=True)
class ShopFigures:
    """What a shop brought, as of a channel. `shop`: empty where its mapping file names none."""

    shop: str
    files: int = 0
    lines: int = 0
    rejected: int = 0
    purchases: int = 0
    units_strong: int = 0
    units_weak: int = 0
    units_back: int = 0
    purchasers: int = 0


def of_shop(shop: str, *, file: str = "") -> Q:
    """Files of a shop, or rows whose `file` is one of them."""
    named = f"{file}reading__mapping__channel"
    is_it = Q(**{named: shop}) if shop else Q(**{named: ""}) | Q(**{f"{named}__isnull": True})
    return Q(**{f"{file}channel": Channel.GENERIC}) & is_it


def figures_by_shop(recall: Recall, *, by: Staff) -> tuple[ShopFigures, ...]:
    """Each shop, by its name. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    found: dict[str, dict[str, int]] = {}
    for rows in (_came(recall), _bought(recall)):
        for row in rows:
            shop = str(row["shop"])
            counted = {name: int(row[name]) for name in names_of_shop_figures() if name in row}
            found.setdefault(shop, {}).update(counted)
    return tuple(ShopFigures(shop, **found[shop]) for shop in sorted(found, key=str.casefold))


def names_of_shop_figures() -> tuple[str, ...]:
    """The names of the figures of a shop, in their order, without the shop's own."""
    return tuple(each.name for each in fields(ShopFigures))[1:]


def _came(recall: Recall) -> Iterable[Mapping[str, Any]]:
    files = OrderFile.objects.filter(recall=recall, channel=Channel.GENERIC, taken_back_at=None)
    counted = files.order_by().values(shop=Coalesce(SHOP, NO_NAME))
    return counted.annotate(
        files=Count("pk"), lines=Sum("lines", default=0), rejected=Sum("rejected", default=0)
    )


def _bought(recall: Recall) -> Iterable[Mapping[str, Any]]:
    name = KeyTextTransform("channel", KeyTextTransform("mapping", "file__reading"))
    rows = Purchase.objects.filter(recall=recall, channel=Channel.GENERIC, unmatched_at=None)
    counted = rows.order_by().values(shop=Coalesce(name, NO_NAME))
    return counted.annotate(
        purchases=Count("pk"),
        units_strong=Sum("units", filter=Q(strength=Strength.STRONG), default=0),
        units_weak=Sum("units", filter=Q(strength=Strength.WEAK), default=0),
        units_back=Sum("units_back", default=0),
        purchasers=Count("purchaser", distinct=True),
    )
