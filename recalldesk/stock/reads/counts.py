"""Stock in figures: the newest counts, and movements that add up; each with its rows.

Guarantee: a figure is the sum of the rows that are handed out for it; what was taken back, here or
among the corrections, counts no more from that moment on, and before it as it did.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from recalldesk.accounts.models import Partner
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.stock.models import StockReport
from recalldesk.stock.states import LEVELS, MOVEMENTS, Kind


@dataclass(frozen=True)
class Stock:
    """What a partner has, and what became of it. Counts are None where none was told.

    `returned`, `destroyed`: of its own stock; `came_back`: what customers brought back and was
    returned or destroyed. `refunded`: consumers' units that it refunded, replaced or repaired.
    """

    on_hand: int | None = None
    quarantined: int | None = None
    returned: int = 0
    destroyed: int = 0
    came_back: int = 0
    refunded: int = 0
    counted_at: datetime | None = None

    @property
    def corrected(self) -> int:
        """Units of its own stock that count as corrected."""
        return self.returned + self.destroyed


@dataclass(frozen=True)
class Movement:
    """A row that adds to a sum from a moment on, or takes from it. `row_id`: of the StockReport;
    of what a correction alone took back, that of the row it was of."""

    row_id: int
    partner_id: int
    partner: str
    kind: Kind
    came_back: bool
    units: int
    at: datetime


@dataclass(frozen=True)
class StandingRefund:
    """A report of what a partner did for a customer, and the partner: it told it itself, or the
    desk entered it."""

    report: ReportedCorrection
    partner: Partner


def reports_of(recall: Recall, partner: Partner | None = None) -> QuerySet[StockReport]:
    """Every row of a recall, or of one partner of it, the newest first."""
    rows = StockReport.objects.filter(recall=recall)
    if partner is not None:
        rows = rows.filter(partner=partner)
    related = ("partner", "by", "recall", "correction", "takes_back", "taken_back_by")
    return rows.select_related(*related).prefetch_related("files").order_by("-pk")


def report_numbered(number: int) -> StockReport | None:
    """One row, or None."""
    rows = StockReport.objects.select_related(
        "partner", "by", "recall", "correction", "takes_back", "taken_back_by"
    )
    return rows.filter(pk=number).first()


def standing_reports(
    recall: Recall, partners: Iterable[Partner] | None = None, until: datetime | None = None
) -> list[StockReport]:
    """The rows that count, as they stood at a moment or stand now, in their order."""
    rows = StockReport.objects.filter(recall=recall, takes_back=None)
    if partners is not None:
        rows = rows.filter(partner__in=list(partners))
    if until is not None:
        rows = rows.filter(at__lte=until)
    rows = rows.select_related("partner", "by", "taken_back_by", "correction__taken_back_by")
    return [row for row in rows.order_by("pk") if not _is_over(row, until)]


def stock_of(
    recall: Recall, partners: Iterable[Partner] | None = None, until: datetime | None = None
) -> dict[int, Stock]:
    """By the number of each partner that told anything: its newest counts and its sums, now or as
    they stood at a moment."""
    every = None if partners is None else list(partners)
    refunds = _refunds(recall, every, until)
    rows: dict[int, list[StockReport]] = {number: [] for number in refunds}
    for row in standing_reports(recall, every, until):
        rows.setdefault(row.partner_id, []).append(row)
    return {number: _stock(told, refunds.get(number, 0)) for number, told in rows.items()}


def totals(stocks: Iterable[Stock]) -> Stock:
    """The sum of several partners' stock."""
    every = list(stocks)

    def counted(values: Iterable[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return Stock(
        on_hand=counted(each.on_hand for each in every),
        quarantined=counted(each.quarantined for each in every),
        returned=sum(each.returned for each in every),
        destroyed=sum(each.destroyed for each in every),
        came_back=sum(each.came_back for each in every),
        refunded=sum(each.refunded for each in every),
        counted_at=max((each.counted_at for each in every if each.counted_at), default=None),
    )


def counts_by_product(rows: Iterable[StockReport], kind: Kind) -> dict[str, StockReport]:
    """Of rows that stand, in their order, the newest count of each product."""
    return {row.product: row for row in rows if row.kind == kind}


def older_counts(rows: Iterable[StockReport]) -> set[int]:
    """Of rows of one partner, the newest first, the numbers of the counts that stand and yet hold
    no more, since the partner told a newer one of the same product."""
    seen: set[tuple[str, str]] = set()
    older: set[int] = set()
    for row in rows:
        if row.kind not in LEVELS or row.takes_back_id or hasattr(row, "taken_back_by"):
            continue
        if (row.kind, row.product) in seen:
            older.add(row.pk)
        seen.add((row.kind, row.product))
    return older


def movements_of(recall: Recall, first: datetime, last: datetime) -> Iterator[Movement]:
    """What moved in a period, both moments included, by the moments at which it was written here;
    what was taken back in it stands with minus."""
    rows = StockReport.objects.filter(recall=recall, takes_back=None, kind__in=MOVEMENTS)
    rows = rows.select_related("partner", "taken_back_by", "correction__taken_back_by")
    for row in rows.order_by("pk"):
        if first <= row.at <= last:
            yield _movement(row, row.units, row.at)
        ended = _ended_at(row)
        if ended is not None and first <= ended <= last:
            yield _movement(row, -row.units, ended)


def refunds_of(recall: Recall, partner: Partner) -> QuerySet[ReportedCorrection]:
    """What the partner did for its customers, as it told itself or had the desk enter, with what
    took it back, the newest first."""
    rows = refunds_by(partner).filter(recall=recall)
    related = ("brought_by", "by", "partner", "takes_back", "taken_back_by")
    return rows.select_related(*related).order_by("-pk")


def refunds_by(partner: Partner) -> QuerySet[ReportedCorrection]:
    """The same, of all recalls and in no order."""
    return ReportedCorrection.objects.filter(
        Q(partner=partner)
        | Q(takes_back__partner=partner)
        | Q(entered_refund__partner=partner)
        | Q(takes_back__entered_refund__partner=partner),
        level=Level.CONSUMER,
    )


def standing_refunds(
    recall: Recall, partners: Iterable[Partner] | None = None, until: datetime | None = None
) -> list[StandingRefund]:
    """What partners did for their customers, as it stood at a moment or stands now, in its
    order."""
    rows = ReportedCorrection.objects.filter(
        Q(partner__isnull=False) | Q(entered_refund__isnull=False),
        recall=recall,
        level=Level.CONSUMER,
        takes_back=None,
    )
    if partners is not None:
        whose = list(partners)
        rows = rows.filter(Q(partner__in=whose) | Q(entered_refund__partner__in=whose))
    if until is not None:
        rows = rows.filter(at__lte=until)
    rows = rows.select_related("taken_back_by", "partner", "entered_refund__partner", "by")
    return [
        StandingRefund(row, _partner_of(row))
        for row in rows.order_by("pk")
        if (minus := getattr(row, "taken_back_by", None)) is None
        or (until is not None and minus.at > until)
    ]


def _partner_of(row: ReportedCorrection) -> Partner:
    partner = getattr(row, "entered_refund", row).partner
    assert partner is not None, "of a partner, or entered for one"
    return partner


def _movement(row: StockReport, units: int, at: datetime) -> Movement:
    return Movement(
        row_id=row.pk,
        partner_id=row.partner_id,
        partner=row.partner.name,
        kind=Kind(row.kind),
        came_back=row.came_back,
        units=units,
        at=at,
    )


def _ended_at(row: StockReport) -> datetime | None:
    """Since when a row counts no more: it was taken back here, or its correction was there."""
    moments = []
    if (minus := getattr(row, "taken_back_by", None)) is not None:
        moments.append(minus.at)
    correction = row.correction
    if correction is not None and hasattr(correction, "taken_back_by"):
        moments.append(correction.taken_back_by.at)
    return min(moments, default=None)


def _is_over(row: StockReport, until: datetime | None) -> bool:
    ended = _ended_at(row)
    return ended is not None and (until is None or ended <= until)


def _stock(rows: list[StockReport], refunded: int) -> Stock:
    def level(kind: Kind) -> int | None:
        counted = counts_by_product(rows, kind)
        return sum(row.units for row in counted.values()) if counted else None

    def moved(kind: Kind) -> int:
        return sum(row.units for row in rows if row.kind == kind and not row.came_back)

    return Stock(
        on_hand=level(Kind.ON_HAND),
        quarantined=level(Kind.QUARANTINED),
        returned=moved(Kind.RETURNED),
        destroyed=moved(Kind.DESTROYED),
        came_back=sum(row.units for row in rows if row.came_back),
        refunded=refunded,
        counted_at=max((row.at for row in rows if row.kind in LEVELS), default=None),
    )


def _refunds(
    recall: Recall, partners: list[Partner] | None, until: datetime | None
) -> dict[int, int]:
    """Consumers' units by partner, as their reports stand."""
    sums: dict[int, int] = {}
    for each in standing_refunds(recall, partners, until):
        sums[each.partner.pk] = sums.get(each.partner.pk, 0) + each.report.units
    return sums
