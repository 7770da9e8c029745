"""The rows behind a figure of a channel, on pages and in exports.

Guarantees: a figure opens the very rows that it counts; none of their columns tells of a person,
and nothing sealed is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.purchasers.models import ContactPoint, OrderFile, Purchase, Purchaser
from recalldesk.purchasers.reads.purchases import amount_paid
from recalldesk.purchasers.reads.read_as import shop_of
from recalldesk.purchasers.reads.shops import of_shop
from recalldesk.purchasers.states import Channel, ContactKind, Strength
from recalldesk.recalls.models import Recall

LOGGED_AS = "purchasers?"
"""With what the query of such an export begins in the log."""
AT_ONCE = 2_000
PAGE_SIZE = 100
OWN = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.ADDRESS)


@dataclass(frozen=True)
class RowColumn:
    """One column. `leads_to`: the name of the address that its number opens, or empty."""

    title: str
    value: Callable[[Any], Cell]
    leads_to: str = ""


@dataclass(frozen=True)
class Behind:
    """What a figure counts. `rows`: in the order of their numbers."""

    rows: "QuerySet[Any]"
    columns: tuple[RowColumn, ...]

    @property
    def count(self) -> int:
        """How many rows."""
        return self.rows.count()


FILES: tuple[RowColumn, ...] = (
    RowColumn("File", lambda row: row.pk, "order_file"),
    RowColumn("Channel", lambda row: str(row.get_channel_display())),
    RowColumn("Shop", lambda row: shop_of(row.reading)),
    RowColumn("Kind", lambda row: str(row.get_kind_display())),
    RowColumn("Lines", lambda row: row.lines),
    RowColumn("Accepted", lambda row: row.accepted),
    RowColumn("Rejected", lambda row: row.rejected),
    RowColumn("Duplicate", lambda row: row.duplicate),
    RowColumn("Blank", lambda row: row.blank),
    RowColumn("Continued", lambda row: row.continued),
    RowColumn("Heading", lambda row: row.heading),
    RowColumn("Came (UTC)", lambda row: row.at.isoformat(timespec="seconds")),
)
PURCHASES: tuple[RowColumn, ...] = (
    RowColumn("Purchase", lambda row: row.pk),
    RowColumn("Purchaser", lambda row: row.purchaser_id or "", "purchaser"),
    RowColumn("Channel", lambda row: str(row.get_channel_display())),
    RowColumn("Shop", lambda row: shop_of(row.file.reading)),
    RowColumn("Product", lambda row: row.product),
    RowColumn("Units", lambda row: row.units),
    RowColumn("Back", lambda row: row.units_back),
    RowColumn("Paid", amount_paid),
    RowColumn("Currency", lambda row: row.currency),
    RowColumn("Match", lambda row: row.strength),
    RowColumn("Why: the line …", lambda row: _why(row.reasons)),
    RowColumn("Ordered on", lambda row: str(row.ordered_on or "")),
    RowColumn("Country", lambda row: row.country),
    RowColumn("File", lambda row: row.file_id, "order_file"),
    RowColumn("Line", lambda row: row.line),
)
PURCHASERS: tuple[RowColumn, ...] = (
    RowColumn("Purchaser", lambda row: row.pk, "purchaser"),
    RowColumn("Person", lambda row: row.person_id),
    RowColumn("Country", lambda row: row.country),
    RowColumn("E-mail addresses", lambda row: row.has_email),
    RowColumn("Shop’s aliases", lambda row: row.has_alias),
    RowColumn("Phone numbers", lambda row: row.has_phone),
    RowColumn("Postal addresses", lambda row: row.has_address),
)
OF_FILES = frozenset({"files", "lines", "rejected"})
OF_PURCHASES: Mapping[str, Q] = {
    "purchases": Q(unmatched_at=None),
    "units_strong": Q(unmatched_at=None, strength=Strength.STRONG),
    "units_weak": Q(unmatched_at=None, strength=Strength.WEAK),
    "units_back": Q(unmatched_at=None, units_back__gt=0),
    "uncovered": Q(unmatched_at__isnull=False, taken_back_at=None),
    "taken_back": Q(taken_back_at__isnull=False),
    "nameless": Q(unmatched_at=None, purchaser=None),
}
_NONE_OF_OWN = Q(**{f"has_{kind.value}": 0 for kind in OWN})
OF_PURCHASERS: Mapping[str, Q] = {
    "purchasers": Q(),
    "persons": Q(),
    **{f"with_{kind.value}": Q(**{f"has_{kind.value}__gt": 0}) for kind in ContactKind},
    "alias_only": _NONE_OF_OWN & Q(has_alias__gt=0),
    "no_contact": _NONE_OF_OWN & Q(has_alias=0),
}


def _why(reasons: Sequence[str]) -> str:
    known = {str(each): each.words for each in MatchReason}
    return "; ".join(known.get(each, each) for each in reasons)


def is_figure(name: str) -> bool:
    """Whether rows are known for it."""
    return name in OF_FILES or name in OF_PURCHASES or name in OF_PURCHASERS


def behind(
    recall: Recall, figure: str, channel: Channel | None, *, by: Staff, shop: str | None = None
) -> Behind:
    """The rows of a figure: of a channel, of a shop that a mapping file names, or of all.

    Raises NotPermitted, KeyError.
    """
    require(by, Permission.SEE_PURCHASERS)
    narrow = Q(recall=recall) if channel is None else Q(recall=recall, channel=channel)
    if figure in OF_FILES:
        narrow &= Q() if shop is None else of_shop(shop)
        files = OrderFile.objects.filter(narrow, taken_back_at=None)
        return Behind(files.filter(rejected__gt=0) if figure == "rejected" else files, FILES)
    narrow &= Q() if shop is None else of_shop(shop, file="file__")
    if figure in OF_PURCHASES:
        unread = ("sealed_order", "sealed_serial")
        rows = Purchase.objects.filter(narrow, OF_PURCHASES[figure])
        rows = rows.select_related("file").defer(*unread)
        return Behind(rows, PURCHASES)
    bought = Purchase.objects.filter(narrow, unmatched_at=None, purchaser=OuterRef("pk"))
    buyers = Purchaser.objects.filter(Exists(bought)).defer("sealed_name")
    counted = buyers.annotate(
        **{f"has_{kind.value}": _number_of(kind) for kind in ContactKind},
    )
    return Behind(counted.filter(OF_PURCHASERS[figure]), PURCHASERS)


def rows_page(found: Behind, *, after: int = 0) -> tuple[list[Any], int]:
    """A page of the rows behind a place, and the place of the next page; 0 where there is none."""
    rows = list(found.rows.filter(pk__gt=after).order_by("pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return shown, shown[-1].pk if len(rows) > PAGE_SIZE else 0


def cells_of(rows: Sequence[Model], columns: Sequence[RowColumn]) -> list[list[Cell]]:
    """Rows as their cells."""
    return [[column.value(row) for column in columns] for row in rows]


def export_rows(
    found: Behind, *, named: str, query: str, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows of a figure. Who took them, why and how many stands in the log.
    Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require(by, Permission.EXPORT_LIST)
    titles = [column.title for column in found.columns]
    return hand_out(
        ListExport(
            by=by,
            query=LOGGED_AS + query,
            form=form,
            columns=titles,
            is_personal=False,
            expected=found.count,
        ),
        name=f"purchasers-{named.replace('_', '-')}",
        headings=[Heading(title) for title in titles],
        rows=_all_cells(found),
        reason=reason,
    )


def _all_cells(found: Behind) -> Iterator[list[Cell]]:
    for row in found.rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield [column.value(row) for column in found.columns]


def _number_of(kind: ContactKind) -> Any:
    points = ContactPoint.objects.filter(purchaser=OuterRef("pk"), kind=kind).order_by()
    counted = points.values("purchaser").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))
