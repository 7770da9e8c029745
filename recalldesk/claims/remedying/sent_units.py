"""Whom replacements were sent to, for when a replacement is itself recalled: a list to write to.

Guarantees: only for who may take lists and see personal data; who took it, why and how many rows
stands in the log before the first byte leaves, and no serial; who is not in it, though a unit may
be with them, is counted aloud: of some parcels nobody said what was in them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import Claim, Filing, ListExport
from recalldesk.claims.states import FilingState, SheetForm
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.models import Order, SentUnit
from recalldesk.remedies.reads import owners_of_units
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import opened

LOGGED_AS = "sent-units?"
"""With what the query of such a list begins in the log."""
AT_ONCE = 500
MOST_SERIALS = 20_000
LONGEST_QUERY = 400
GOODS = (RemedyKind.REPLACEMENT.value, RemedyKind.REPAIR.value)
PERHAPS_THERE = (RemedyState.ORDERED, RemedyState.SENT, RemedyState.DELIVERED)
"""A parcel that came back, or was never sent, brought nobody a unit."""
HEADINGS = (
    *(Heading("Claim"), Heading("Article"), Heading("Serial"), Heading("Batch")),
    *(Heading("State"), Heading("Sent on"), Heading("Name"), Heading("E-mail")),
    *(Heading("Phone"), Heading("Street"), Heading("Street 2"), Heading("City")),
    *(Heading("State or province"), Heading("Postal code"), Heading("Country")),
    Heading("Language"),
)


class NoUnitsNamed(Problem):
    """A list is asked for that says of no unit, or of too many one by one."""


@dataclass(frozen=True)
class Sought:
    """Which units: of an article, and of these serials or batches where any is named.

    `also_unknown`: the parcels, too, of which nobody said whether they held one.
    """

    article: str = ""
    serials: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    also_unknown: bool = False

    @property
    def query(self) -> str:
        """What the log keeps of it: how many serials, and never which."""
        said = f"article={self.article}&batches={','.join(self.lots)}&serials={len(self.serials)}"
        return f"{LOGGED_AS}{said}&unknown={int(self.also_unknown)}"[:LONGEST_QUERY]


@dataclass(frozen=True)
class Counted:
    """`listed`: parcels in the list; `unknown`: those that may hold such a unit and are not in it;
    `erased`: those of owners whose data are erased, who stand in it by their claims alone."""

    listed: int
    unknown: int
    erased: int


def count_sent(sought: Sought, *, by: Staff) -> Counted:
    """What a list would hold now. Raises NotPermitted, NoUnitsNamed."""
    _refuse(sought, by)
    orders = _orders(sought)
    unknown = 0 if sought.also_unknown else _unknown(sought).count()
    claims = Claim.objects.filter(remedy__order__in=orders.order_by().values("pk"))
    erased = claims.filter(filing__state=FilingState.ERASED).count()
    return Counted(orders.count(), unknown, erased)


def list_owners(sought: Sought, *, by: Staff, form: SheetForm, reason: str) -> Export:
    """Begins to hand out the list.

    Raises NotPermitted, NoUnitsNamed, NoReasonForExport, TooManyForWorkbook.
    """
    _refuse(sought, by)
    orders = _orders(sought)
    return hand_out(
        ListExport(
            by=by,
            query=sought.query,
            form=form,
            columns=[each.title for each in HEADINGS],
            is_personal=True,
            expected=orders.count(),
        ),
        name="sent-units",
        headings=HEADINGS,
        rows=_rows(orders),
        reason=reason,
    )


def _refuse(sought: Sought, by: Staff) -> None:
    require(by, Permission.EXPORT_LIST)
    require(by, Permission.SEE_PERSONAL)
    if not (sought.article or sought.serials or sought.lots):
        raise NoUnitsNamed("No unit is named.", "Name an article, batches or serials.")
    if len(sought.serials) > MOST_SERIALS:
        raise NoUnitsNamed(
            f"These are more than {MOST_SERIALS:,} serials.",
            "Name the article alone: bringing the list in as purchasers of the new recall finds "
            "whose serial it covers.",
        )


def _orders(sought: Sought) -> QuerySet[Order]:
    found = Q(pk__in=_listed(sought).values("pk"))
    if sought.also_unknown:
        found |= Q(pk__in=_unknown(sought).values("pk"))
    return Order.objects.filter(found).select_related("remedy", "sent_unit").order_by("pk")


def _listed(sought: Sought) -> QuerySet[Order]:
    """Parcels that are said to have held one. Of a unit that is named one by one the article need
    not be known."""
    units = owners_of_units(serials=sought.serials, lots=sought.lots).order_by()
    if sought.article:
        nameless = Q(article="") if sought.serials or sought.lots else Q(pk__in=[])
        units = units.filter(Q(article=sought.article) | nameless)
    return Order.objects.filter(sent_unit__in=units.values("pk"), remedy__state__in=PERHAPS_THERE)


def _unknown(sought: Sought) -> QuerySet[Order]:
    """Parcels of the article, or of none that is known, that may have held one: what of a unit is
    asked for was said of none, or not of theirs."""
    not_said = Q(sent_unit__isnull=True)
    if sought.lots:
        not_said |= Q(sent_unit__lot="")
    if sought.serials:
        not_said |= Q(sent_unit__serial_digest=b"")
    of_it = Q()
    if sought.article:
        nameless = Q(asked__options__article="") | ~Q(asked__options__has_key="article")
        of_it = Q(asked__options__article=sought.article) | nameless
        if not (sought.lots or sought.serials):
            not_said |= Q(sent_unit__article="")
    rows = Order.objects.filter(not_said, of_it, asked__kind__in=GOODS)
    there = rows.filter(remedy__state__in=PERHAPS_THERE)
    return there.exclude(pk__in=_listed(sought).values("pk"))


def _rows(orders: QuerySet[Order]) -> Iterator[list[Cell]]:
    after = 0
    while page := list(orders.filter(pk__gt=after)[:AT_ONCE]):
        after = page[-1].pk
        claims = _claims_of(page)
        for order in page:
            yield _row(order, claims.get(order.remedy.entitlement_id))


def _claims_of(orders: Sequence[Order]) -> Mapping[int, Claim]:
    """By the entitlement, since a claim names the remedy that it was granted last."""
    owed = {order.remedy.entitlement_id for order in orders}
    rows = Claim.objects.filter(remedy__entitlement_id__in=owed)
    found = dict[int, Claim]()
    for claim in rows.select_related("filing", "remedy").order_by("pk"):
        assert claim.remedy is not None
        found[claim.remedy.entitlement_id] = claim
    return found


def _row(order: Order, claim: Claim | None) -> list[Cell]:
    unit: SentUnit | None = getattr(order, "sent_unit", None)
    sent_at = order.sent_at or order.ordered_at
    return [
        f"{claim.filing.reference}/{claim.position}" if claim else "",
        unit.article if unit else str(order.asked["options"].get("article") or ""),
        opened(unit, "sealed_serial") if unit else "",
        unit.lot if unit else "",
        RemedyState(order.remedy.state).value,
        f"{sent_at:%Y-%m-%d}" if sent_at else "",
        *(_owner(claim.filing) if claim else [""] * 10),
    ]


def _owner(filing: Filing) -> list[Cell]:
    address = json.loads(opened(filing, "sealed_address") or "{}")
    street, _, more = address.get("street_address", "").partition("\n")
    return [
        opened(filing, "sealed_name"),
        opened(filing, "sealed_email"),
        opened(filing, "sealed_phone"),
        street.strip(),
        ", ".join(filter(None, (*map(str.strip, more.split("\n")), address.get("city_area")))),
        *(address.get(part, "") for part in ("city", "country_area", "postal_code")),
        filing.country,
        filing.language,
    ]
