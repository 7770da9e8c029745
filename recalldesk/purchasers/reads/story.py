"""The whole story of one purchaser: where they were found, why they count, with whom they are one
person, and what they claimed. What they were told stands in `outreach`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.states import FilingState
from recalldesk.purchasers.digests import returned_digest
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.models import Join, Purchase, Purchaser, SamePersonQuestion, Sighting
from recalldesk.purchasers.reads.purchases import PurchaseRow, rows_of
from recalldesk.purchasers.reads.read_as import shop_of
from recalldesk.purchasers.reads.shown import ShownPurchaser, shown
from recalldesk.purchasers.states import Channel, FileKind, NamedBy
from recalldesk.recalls.models import Recall

MOST_OF_PERSON = 100
"""More purchasers than this are hardly one person; the page says that there are more."""


@dataclass(frozen=True)
class FoundIn:
    """A file in which a purchase stands. `shop`: as its mapping file names it, or empty; `line`:
    the first one of it there; `is_by_order`: it names the buyer by the order's number, and not the
    product."""

    file: int
    line: int
    channel: Channel
    shop: str
    kind: FileKind
    units: int
    units_back: int
    at: datetime
    is_by_order: bool


@dataclass(frozen=True, repr=False)
class Bought:
    """A purchase with every file that names it."""

    purchase: PurchaseRow
    found_in: tuple[FoundIn, ...]


@dataclass(frozen=True)
class JoinedBy:
    """Why two are one person. `by`: who said so; empty where the rules did."""

    first: int
    second: int | None
    filing: str
    reasons: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class TiedFiling:
    """A filing of the same person. `reference`: by which the desk finds it; `claims`: how many."""

    reference: str
    claims: int
    filed_at: datetime | None


@dataclass(frozen=True, repr=False)
class Story:
    """All that is known. `others`: whom else the same person is, as the files name them;
    `questions`: numbers of open questions about any of them."""

    purchaser: ShownPurchaser
    others: tuple[ShownPurchaser, ...]
    bought: tuple[Bought, ...]
    joins: tuple[JoinedBy, ...]
    filings: tuple[TiedFiling, ...]
    questions: tuple[int, ...]


@transaction.atomic
def purchaser_story(recall: Recall, number: int, *, by: Staff) -> Story:
    """The story of one, masked. Raises NotPermitted, NoSuchPurchaser, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    purchaser = Purchaser.objects.filter(recall=recall, pk=number).first()
    if purchaser is None:
        raise NoSuchPurchaser(
            f"{recall.slug} has no purchaser {number}.", "The list of purchases leads to each."
        )
    others = list(
        Purchaser.objects.filter(person_id=purchaser.person_id)
        .exclude(pk=number)
        .order_by("pk")[:MOST_OF_PERSON]
    )
    everybody = [purchaser, *others]
    people = shown(everybody)
    numbers = [each.pk for each in everybody]
    joins = _joins(numbers)
    asked = SamePersonQuestion.objects.filter(recall=recall, state="open")
    open_ones = asked.filter(first__in=numbers) | asked.filter(second__in=numbers)
    return Story(
        purchaser=people[number],
        others=tuple(people[each.pk] for each in others),
        bought=bought_by(recall, numbers),
        joins=tuple(_joined_by(each) for each in joins),
        filings=_filings(joins),
        questions=tuple(open_ones.order_by("-weight", "pk").values_list("pk", flat=True)),
    )


def _joins(numbers: list[int]) -> list[Join]:
    rows = Join.objects.select_related("filing", "by").order_by("pk")
    return list(rows.filter(first__in=numbers) | rows.filter(second__in=numbers))


def _joined_by(join: Join) -> JoinedBy:
    return JoinedBy(
        first=join.first_id,
        second=join.second_id,
        filing=join.filing.reference if join.filing else "",
        reasons=tuple(join.reasons),
        by=join.by.name if join.by else "",
        at=join.at,
    )


def _filings(joins: list[Join]) -> tuple[TiedFiling, ...]:
    filings = {
        join.filing.pk: join.filing
        for join in joins
        if join.filing and join.filing.state == FilingState.FILED
    }
    return tuple(
        TiedFiling(each.reference, each.claims.count(), each.filed_at) for each in filings.values()
    )


def bought_by(recall: Recall, numbers: list[int]) -> tuple[Bought, ...]:
    """What files say that these purchasers bought, with every file that names it. Its caller asks
    whether it may be seen. Raises SealingError."""
    named = Sighting.objects.filter(purchaser__in=numbers)
    purchases = list(
        Purchase.objects.filter(
            Q(purchaser__in=numbers) | Q(line_digest__in=named.values("line_digest"))
        )
        .filter(recall=recall)
        .select_related("purchaser", "file")
        .order_by("ordered_on", "pk")
    )
    found = _found(recall, purchases)
    return tuple(
        Bought(
            purchase=row,
            found_in=found[each.pk],
        )
        for each, row in zip(purchases, rows_of(purchases), strict=True)
    )


def _found(recall: Recall, purchases: list[Purchase]) -> dict[int, tuple[FoundIn, ...]]:
    """In which files each stands, those of units that came back to another shop among them."""
    names = {each.pk: _names(each) for each in purchases}
    every = {digest for each in names.values() for digest in each}
    rows = Sighting.objects.filter(recall_id=recall.pk, line_digest__in=every)
    by_name: dict[bytes, list[FoundIn]] = {}
    for row in rows.select_related("file").order_by("file_id"):
        by_name.setdefault(bytes(row.line_digest), []).append(_found_in(row))
    return {
        number: tuple(
            sorted(
                {place for name in each for place in by_name.get(name, ())},
                key=lambda place: (place.file, place.line),
            )
        )
        for number, each in names.items()
    }


def _names(purchase: Purchase) -> tuple[bytes, ...]:
    """The digests under which files name it."""
    order = bytes(purchase.order_digest)
    if not order:
        return (bytes(purchase.line_digest),)
    shops = ("", purchase.channel)
    named = (returned_digest(order, purchase.product, shop) for shop in shops)
    return (bytes(purchase.line_digest), *named)


def _found_in(row: Sighting) -> FoundIn:
    return FoundIn(
        file=row.file_id,
        line=row.line,
        channel=Channel(row.file.channel),
        shop=shop_of(row.file.reading),
        kind=FileKind(row.file.kind),
        units=row.units,
        units_back=row.units_back,
        at=row.file.at,
        is_by_order=row.named_by != NamedBy.PRODUCT,
    )
