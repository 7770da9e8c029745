"""Figures by channel: files, lines, units, purchasers, and how they can be reached.

Guarantees: figures name nobody; a purchase that the live version covers no more is counted apart
and in nothing else; a person who bought in two channels counts in each, and once in the whole.
"""

from dataclasses import dataclass, field, fields

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.purchasers.models import ContactPoint, OrderFile, Purchase, Purchaser
from recalldesk.purchasers.states import Channel, ContactKind, Strength
from recalldesk.recalls.document.whole import Document
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version

SMALLEST_SHOWN = 0.001
FINDS_A_PERSON = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.ADDRESS)


@dataclass(frozen=True)
class ChannelFigures:
    """What one channel brought. Units: of purchases whose match is strong, and weak; `units_back`:
    of both, seen back by the shop; `uncovered`: purchases that the version covers no more;
    `taken_back`: those that only files name which were taken back;
    `nameless`: purchases of which no file names the buyer; `purchasers`: as the files name them;
    `persons`: fewer, where several are one; of the purchasers, how many have each kind of contact,
    none but an alias, and none at all."""

    files: int = 0
    lines: int = 0
    rejected: int = 0
    purchases: int = 0
    units_strong: int = 0
    units_weak: int = 0
    units_back: int = 0
    uncovered: int = 0
    taken_back: int = 0
    nameless: int = 0
    purchasers: int = 0
    persons: int = 0
    with_email: int = 0
    with_alias: int = 0
    with_phone: int = 0
    with_address: int = 0
    alias_only: int = 0
    no_contact: int = 0


@dataclass(frozen=True)
class Figures:
    """By channel, those that brought something, and the whole. `recalled`: the units that the
    recall says; `share`: of them, the strong and weak units that were found; None without."""

    channels: dict[Channel, ChannelFigures] = field(default_factory=dict)
    whole: ChannelFigures = field(default_factory=ChannelFigures)
    recalled: int | None = None

    @property
    def share(self) -> float | None:
        """From 0 upwards."""
        found = self.whole.units_strong + self.whole.units_weak
        return found / self.recalled if self.recalled else None


def figures_by_channel(recall: Recall, *, by: Staff) -> Figures:
    """The figures of a recall. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    channels = {
        channel: found
        for channel in Channel
        if (found := _figures(recall, channel)) != ChannelFigures()
    }
    return Figures(
        channels=channels,
        whole=_figures(recall, None),
        recalled=recalled_units(recall),
    )


def recalled_units(recall: Recall) -> int | None:
    """The units that the recall says in its live version, or its newest; None where it does not."""
    version = live_version(recall) or newest_version(recall)
    return _recalled(document_of(version)) if version else None


def share_in_words(share: float) -> str:
    """A share of the recall's units. What was found is never said to be nothing, nor a part all."""
    if 0 < share < SMALLEST_SHOWN:
        return "less than 0.1%"
    if 1 - SMALLEST_SHOWN < share < 1:
        return "more than 99.9%"
    return f"{share:.1%}"


def names_of_figures() -> tuple[str, ...]:
    """The names of the figures of a channel, in their order."""
    return tuple(each.name for each in fields(ChannelFigures))


def _recalled(document: Document) -> int | None:
    """The figure `units` of a recall; without one what its jurisdictions say."""
    figure = document.figures.get("units")
    return int(figure.value) if figure else document.stated_units


def _figures(recall: Recall, channel: Channel | None) -> ChannelFigures:
    narrow = Q() if channel is None else Q(channel=channel)
    files = OrderFile.objects.filter(narrow, recall=recall, taken_back_at=None).aggregate(
        files=Count("pk"), lines=Sum("lines", default=0), rejected=Sum("rejected", default=0)
    )
    every = Purchase.objects.filter(narrow, recall=recall)
    covered = every.filter(unmatched_at=None)
    bought = covered.aggregate(
        purchases=Count("pk"),
        units_strong=Sum("units", filter=Q(strength=Strength.STRONG), default=0),
        units_weak=Sum("units", filter=Q(strength=Strength.WEAK), default=0),
        units_back=Sum("units_back", default=0),
        nameless=Count("pk", filter=Q(purchaser=None)),
    )
    return ChannelFigures(
        **files,
        **bought,
        uncovered=every.filter(unmatched_at__isnull=False, taken_back_at=None).count(),
        taken_back=every.filter(taken_back_at__isnull=False).count(),
        **_reach(covered),
    )


def _reach(purchases: QuerySet[Purchase]) -> dict[str, int]:
    has = {
        kind: Exists(ContactPoint.objects.filter(purchaser=OuterRef("pk"), kind=kind))
        for kind in ContactKind
    }
    buyers = Purchaser.objects.filter(Exists(purchases.filter(purchaser=OuterRef("pk"))))
    marked = buyers.annotate(**{f"has_{kind.value}": found for kind, found in has.items()})
    none_of_own = Q(has_email=False, has_phone=False, has_address=False)
    return marked.aggregate(
        purchasers=Count("pk"),
        persons=Count("person", distinct=True),
        **{
            f"with_{kind.value}": Count("pk", filter=Q(**{f"has_{kind.value}": True}))
            for kind in has
        },
        alias_only=Count("pk", filter=none_of_own & Q(has_alias=True)),
        no_contact=Count("pk", filter=none_of_own & Q(has_alias=False)),
    )
