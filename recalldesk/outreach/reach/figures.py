"""The figures of reach, by channel and in all; each is counted from rows that it opens.

Guarantees: the outcomes add up to the units; nobody who may only perhaps have bought the unit (a
weak match) is in the share; a part is never said to be all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields

from django.db.models import Q, QuerySet, Sum

from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.models import ShopTelling
from recalldesk.outreach.reach.outcomes import (
    STRONG,
    WEAK,
    Outcome,
    purchases_with_outcomes,
)
from recalldesk.outreach.states import Way
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.reads.figures import recalled_units
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall

ALERT = 0.95
"""Of the owners of a "Recall Alert": the firm can reach at least so many of them directly."""


@dataclass(frozen=True)
class ReachFigures:
    """Units of purchases with a strong match, less those seen back, by what became of them; of the
    told, by each way (a purchase that was told in two counts in both); and of the weak ones, all
    and those told."""

    units: int = 0
    told: int = 0
    by_shop: int = 0
    on_its_way: int = 0
    came_back: int = 0
    not_told: int = 0
    no_contact: int = 0
    by_email: int = 0
    by_sms: int = 0
    by_letter: int = 0
    by_phone: int = 0
    weak_units: int = 0
    weak_told: int = 0

    @property
    def reached(self) -> int:
        """Units of which somebody was told."""
        return self.told + self.by_shop

    @property
    def share(self) -> float | None:
        """Reach, 0 to 1; None where no unit was found."""
        return self.reached / self.units if self.units else None


@dataclass(frozen=True)
class ShopsWord:
    """What a shop says in numbers alone: it is shown, and in no figure, since no row stands behind
    it."""

    shop: str
    orders: int
    told: int
    failed: int


@dataclass(frozen=True)
class Reach:
    """By channel, those with a unit, and the whole. `recalled`: the units that the recall says."""

    channels: Mapping[Channel, ReachFigures] = field(default_factory=dict)
    whole: ReachFigures = field(default_factory=ReachFigures)
    recalled: int | None = None
    shops: tuple[ShopsWord, ...] = ()

    @property
    def share_of_recalled(self) -> float | None:
        """Units told of, of all that the recall says; None where it does not say."""
        return self.whole.reached / self.recalled if self.recalled else None


def weak_in_words(figures: ReachFigures) -> str:
    """What is said of weak matches beside a share; empty where there are none."""
    if not figures.weak_units:
        return ""
    return (
        f"{figures.weak_units:,} more may be affected (weak matches), and are in no share: of "
        f"{figures.weak_told:,} of them somebody was told. A wave of its own tells them."
    )


def reach_of(recall: Recall, *, by: Looking) -> Reach:
    """The figures of a recall. Raises NotPermitted."""
    require_look(by, Permission.SEE_PURCHASERS, [recall.pk])
    base = purchases_with_outcomes(recall)
    channels = {
        channel: found
        for channel in Channel
        if (found := _figures(base.filter(channel=channel))) != ReachFigures()
    }
    return reach_of_parts(recall, channels)


def reach_of_parts(recall: Recall, channels: Mapping[Channel, ReachFigures]) -> Reach:
    """The whole, with what shops say in numbers alone, of figures that were counted already."""
    words = ShopTelling.objects.filter(recall=recall, told__isnull=False).order_by("pk")
    return Reach(
        channels=channels,
        whole=_sum(channels.values()),
        recalled=recalled_units(recall),
        shops=tuple(
            ShopsWord(each.shop, each.orders, each.told or 0, each.failed or 0) for each in words
        ),
    )


def names_of_reach() -> tuple[str, ...]:
    """The names of the figures, in their order."""
    return tuple(each.name for each in fields(ReachFigures))


def rows_of_reach(recall: Recall, figure: str, channel: Channel | None) -> QuerySet[Purchase]:
    """The purchases that a figure counts. Raises KeyError for what is no figure."""
    rows = purchases_with_outcomes(recall)
    if channel is not None:
        rows = rows.filter(channel=channel)
    return rows.filter(_NARROW[figure])


def _figures(rows: QuerySet[Purchase]) -> ReachFigures:
    found = rows.aggregate(
        **{name: Sum("left", filter=narrow, default=0) for name, narrow in _NARROW.items()}
    )
    return ReachFigures(**found)


def _sum(parts: Collection[ReachFigures]) -> ReachFigures:
    """A purchase is of one channel, so that the whole is the sum."""
    return ReachFigures(
        **{name: sum(getattr(part, name) for part in parts) for name in names_of_reach()}
    )


_NARROW: Mapping[str, Q] = {
    "units": STRONG,
    **{each.value: STRONG & Q(outcome=each) for each in Outcome},
    **{f"by_{way.value}": STRONG & Q(**{f"told_by_{way.value}": True}) for way in Way},
    "weak_units": WEAK,
    "weak_told": WEAK & Q(outcome__in=(Outcome.TOLD, Outcome.BY_SHOP)),
}
