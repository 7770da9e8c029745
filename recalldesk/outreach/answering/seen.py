"""What is seen at the link of a notice: what was bought, what was answered, what was claimed.

Guarantee: of whoever was written to nothing is shown but product, shop and day, and to a new owner
the product alone; looking changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.outreach.answering.actions import standing_answers
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.links import brand_of_notice
from recalldesk.outreach.models import Answer, DirectNotice
from recalldesk.outreach.waves.places import BoughtThing
from recalldesk.outreach.waves.said import things_of
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import LiveRecall, live_recall


@dataclass(frozen=True)
class SeenThing:
    """A purchase. `product`: as the recall names it today; none where it names it no more."""

    thing: BoughtThing
    product: Product | None


@dataclass(frozen=True)
class SeenNotice:
    """A notice, as its reader sees it.

    `is_perhaps`: it goes to those who have perhaps bought an affected unit; `is_let_go`: the recall
    changed, and no purchase that it names is in it by the order any more; `is_passed_on`: somebody
    else named the reader as who has the unit now; `is_wish`: the reader asked to be told."""

    notice: DirectNotice
    live: LiveRecall
    brand: Brand
    things: tuple[SeenThing, ...]
    answers: tuple[Answer, ...]
    filings: tuple[Filing, ...]
    is_perhaps: bool
    is_let_go: bool

    @property
    def is_passed_on(self) -> bool:
        """Whether an earlier owner named the reader."""
        return self.notice.passed_on_by_id is not None

    @property
    def is_wish(self) -> bool:
        """Whether the reader asked to be told, and no purchase is known."""
        return self.notice.wish_id is not None

    @property
    def units(self) -> int:
        """How many were bought, as far as is known; at least one."""
        return max(1, self.notice.units)

    @property
    def filed(self) -> tuple[Filing, ...]:
        """What was claimed by this link and sent."""
        return tuple(each for each in self.filings if each.state == FilingState.FILED)

    @property
    def product_key(self) -> str:
        """The product, where the notice names one alone that is still in the recall."""
        keys = {each.thing.product for each in self.things}
        known = self.live.document.product_by_key
        return next(iter(keys)) if len(keys) == 1 and keys <= set(known) else ""


def seen_notice(notice: DirectNotice) -> SeenNotice | None:
    """What is seen at its link; None where its recall was never published."""
    live = live_recall(notice.wave.recall.slug)
    if live is None:
        return None
    products = live.document.product_by_key
    things = tuple(SeenThing(each, products.get(each.product)) for each in things_of(notice))
    strength = Audience.from_stored(notice.wave.audience).strength
    # One tied by its reference is not shown: whether reference and contact fit is told to nobody.
    begun = Q(filing__filed_at=None) | Q(filing__filed_at__gte=F("at"))
    ties = notice.filings.filter(begun).select_related("filing").order_by("pk")
    filings = [each.filing for each in ties]
    return SeenNotice(
        notice=notice,
        live=live,
        brand=brand_of_notice(notice),
        things=things,
        answers=tuple(standing_answers(notice)),
        filings=tuple(_not_erased(filings)),
        is_perhaps=strength == Strength.WEAK,
        is_let_go=_is_let_go(notice),
    )


def _not_erased(filings: Sequence[Filing]) -> list[Filing]:
    return [each for each in filings if each.state != FilingState.ERASED]


def _is_let_go(notice: DirectNotice) -> bool:
    said = notice
    while said.passed_on_by is not None:
        said = said.passed_on_by.notice
    named = said.named.all()
    return named.exists() and not named.filter(purchase__unmatched_at=None).exists()
