"""What a purchaser was told: by which notice, when, in which way, and what came back; and by which
shop.

Guarantees: everything that went to a contact of the person is there, whoever else shares that
contact; nobody is named in full. `purchasers` knows nothing of it: whoever shows a story asks both.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.models import DirectNotice, NamedPurchase, ToldOrder
from recalldesk.outreach.reads.notices import NoticeRow, rows_of_notices
from recalldesk.outreach.states import NoticeState, OrderTold, WaveKind
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser, Sighting
from recalldesk.recalls.models import Recall

MOST_TOLD = 200


@dataclass(frozen=True, repr=False)
class ToldBy:
    """A notice. `wave`: its number; `products`: of the purchases that it names, with their days;
    `passed_on`: it went to whoever has a unit now, whom the purchaser named."""

    wave: int
    wave_name: str
    wave_kind: WaveKind
    notice: NoticeRow
    made_at: datetime
    products: tuple[tuple[str, date | None], ...]
    passed_on: bool


@dataclass(frozen=True)
class ToldByShop:
    """That a shop was asked to tell the buyer of an order, and what it says."""

    shop: str
    telling: int
    product: str
    ordered_on: date | None
    asked_at: datetime
    outcome: OrderTold
    at: datetime | None


@dataclass(frozen=True, repr=False)
class Told:
    """All that a person was told, the first first."""

    notices: tuple[ToldBy, ...]
    by_shops: tuple[ToldByShop, ...]

    @property
    def arrived(self) -> bool:
        """Whether something was sent to themselves and did not come back, or a shop told them."""
        by_us = any(
            each.notice.state is NoticeState.SENT and not each.passed_on for each in self.notices
        )
        return by_us or any(each.outcome is OrderTold.TOLD for each in self.by_shops)


def told_of(recall: Recall, number: int, *, by: Staff) -> Told:
    """What the person of this purchaser was told. Raises NotPermitted, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    person = Purchaser.objects.filter(recall=recall, pk=number).values("person")
    members = list(
        Purchaser.objects.filter(recall=recall, person__in=person).values_list("pk", flat=True)
    )
    named = Sighting.objects.filter(purchaser__in=members).values("line_digest")
    bought = Purchase.objects.filter(
        Q(purchaser__in=members) | Q(line_digest__in=named), recall=recall
    ).values("pk")
    return Told(
        notices=_notices(recall, members, bought),
        by_shops=_by_shops(bought),
    )


def _notices(
    recall: Recall, members: list[int], bought: QuerySet[Purchase, Any]
) -> tuple[ToldBy, ...]:
    digests = ContactPoint.objects.filter(purchaser__in=members).values("digest")
    named = NamedPurchase.objects.filter(purchase__in=bought).values("notice")
    to_them = Q(purchaser__in=members) | Q(contact_digest__in=digests) | Q(pk__in=named)
    passed_on = Q(passed_on_by__notice__purchaser__in=members)
    rows = list(
        DirectNotice.objects.filter(to_them | passed_on, recall_id=recall.pk)
        .select_related("wave")
        .prefetch_related("named__purchase")
        .order_by("pk")[:MOST_TOLD]
    )
    return tuple(
        ToldBy(
            wave=row.wave.number,
            wave_name=row.wave.name,
            wave_kind=WaveKind(row.wave.kind),
            notice=shown,
            made_at=row.made_at,
            products=tuple(
                (each.purchase.product, each.purchase.ordered_on) for each in row.named.all()
            ),
            passed_on=row.passed_on_by_id is not None,
        )
        for row, shown in zip(rows, rows_of_notices(rows), strict=True)
    )


def _by_shops(bought: QuerySet[Purchase, Any]) -> tuple[ToldByShop, ...]:
    rows = ToldOrder.objects.filter(purchase__in=bought)
    return tuple(
        ToldByShop(
            shop=each.telling.shop,
            telling=each.telling.number,
            product=each.purchase.product,
            ordered_on=each.purchase.ordered_on,
            asked_at=each.telling.made_at,
            outcome=OrderTold(each.outcome),
            at=each.at,
        )
        for each in rows.select_related("telling", "purchase").order_by("pk")[:MOST_TOLD]
    )
