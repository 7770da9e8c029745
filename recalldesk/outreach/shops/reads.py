"""The lists that shops were given, and what they say, as the desk shows them.

Guarantee: what is known order by order and what is the shop's word in numbers stand apart.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.models import ShopTelling, ToldOrder
from recalldesk.outreach.states import OrderTold
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class TellingShown:
    """A list. `told`, `failed`, `waiting`: orders, as read back; `word_told`, `word_failed`,
    `word_on`: what the shop says in numbers alone."""

    pk: int
    number: int
    recall: str
    channel: Channel
    shop: str
    language: str
    subject: str
    body: str
    orders: int
    told: int
    failed: int
    word_told: int | None
    word_failed: int | None
    word_on: date | None
    made_by: str
    made_at: datetime

    @property
    def waiting(self) -> int:
        """Orders of which the shop said nothing yet."""
        return self.orders - self.told - self.failed


def tellings_of(recall: Recall, *, by: Staff) -> tuple[TellingShown, ...]:
    """Those of a recall, the newest first. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    rows = recall.shop_tellings.select_related("recall", "made_by").order_by("-number")
    return _shown(list(rows))


def telling_shown(telling: ShopTelling, *, by: Staff) -> TellingShown:
    """One of them. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    return _shown([telling])[0]


def _shown(rows: list[ShopTelling]) -> tuple[TellingShown, ...]:
    counted = (
        ToldOrder.objects.filter(telling__in=rows)
        .exclude(outcome=OrderTold.ASKED)
        .values_list("telling_id", "outcome")
        .annotate(orders=Count("purchase__order_digest", distinct=True))
    )
    said = {(telling, outcome): orders for telling, outcome, orders in counted}
    return tuple(
        TellingShown(
            pk=each.pk,
            number=each.number,
            recall=each.recall.slug,
            channel=Channel(each.channel),
            shop=each.shop,
            language=each.language,
            subject=each.subject,
            body=each.body,
            orders=each.orders,
            told=said.get((each.pk, OrderTold.TOLD.value), 0),
            failed=said.get((each.pk, OrderTold.FAILED.value), 0),
            word_told=each.told,
            word_failed=each.failed,
            word_on=each.told_on,
            made_by=each.made_by.name,
            made_at=each.made_at,
        )
        for each in rows
    )
