"""The rows behind a number of the corrections, and what is told of each.

Guarantees: their units, or how many they are, give the number; none of their columns names an owner
or a unit.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from recalldesk.claims.desk_queue.columns import SEALED_FIELDS
from recalldesk.claims.models import Claim
from recalldesk.foundation.sheets import Cell
from recalldesk.remedies.models import Correction, ReportedCorrection
from recalldesk.reports.corrections import sources
from recalldesk.reports.corrections.definitions import Counted
from recalldesk.reports.corrections.selection import Chosen
from recalldesk.reports.desk_figures.period import Period

AT_ONCE = 2_000


@dataclass(frozen=True)
class RowColumn:
    """One column."""

    title: str
    value: Callable[[Any], Cell]


def _iso(moment: date | datetime | None) -> str:
    return (
        moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else str(moment or "")
    )


CORRECTION_COLUMNS: tuple[RowColumn, ...] = (
    RowColumn("Row", lambda row: row.pk),
    RowColumn("Units", lambda row: row.units),
    RowColumn("Level", lambda row: row.level),
    RowColumn("How", lambda row: row.measure),
    RowColumn("Counted at (UTC)", lambda row: _iso(row.counted_at)),
    RowColumn("Recall", lambda row: row.recall.slug),
    RowColumn("Claim", lambda row: row.reference or ""),
    RowColumn("Unit", lambda row: row.position or ""),
    RowColumn("Remedy", lambda row: str(row.remedy_id or "")),
    RowColumn("Report", lambda row: row.report_id or ""),
    RowColumn("Reported by", lambda row: row.report.reported_by if row.report else ""),
    RowColumn("Done on", lambda row: _iso(row.report.happened_on) if row.report else ""),
    RowColumn("File", lambda row: (row.report.brought_by_id or "") if row.report else ""),
    RowColumn("Line", lambda row: (row.report.line or "") if row.report else ""),
)
REPORT_COLUMNS: tuple[RowColumn, ...] = (
    RowColumn("Report", lambda row: row.pk),
    RowColumn("Recall", lambda row: row.recall.slug),
    RowColumn("How", lambda row: row.measure),
    RowColumn("Reported by", lambda row: row.reported_by),
    RowColumn("Done on", lambda row: _iso(row.happened_on)),
    RowColumn("Written at (UTC)", lambda row: _iso(row.at)),
    RowColumn("File", lambda row: row.brought_by_id or ""),
    RowColumn("Line", lambda row: row.line or ""),
    RowColumn("Claim", lambda row: row.reference or ""),
    RowColumn("Unit", lambda row: row.position or ""),
    RowColumn("State of the claim", lambda row: row.claim_state or ""),
)
CLAIM_COLUMNS: tuple[RowColumn, ...] = (
    RowColumn("Claim", lambda row: row.filing.reference),
    RowColumn("Unit", lambda row: row.position),
    RowColumn("Recall", lambda row: row.recall.slug),
    RowColumn("State", lambda row: row.state),
    RowColumn("State since (UTC)", lambda row: _iso(row.state_since)),
    RowColumn("Got rid of by", lambda row: _iso(row.disposed_on)),
    RowColumn("No place since", lambda row: _iso(row.no_site_on)),
    RowColumn("Photo", lambda row: row.proof),
)
Rows = QuerySet[Correction, Any] | QuerySet[ReportedCorrection, Any] | QuerySet[Claim, Any]


def rows_behind(chosen: Chosen, recall_ids: Collection[int], period: Period) -> Rows:
    """The rows, in the order in which they came to be."""
    if chosen.figure is Counted.CORRECTED:
        rows = sources.corrections_of(recall_ids, period, chosen)
        return rows.order_by("counted_at", "pk")
    if chosen.figure is Counted.BOTH:
        return sources.reported_and_remedied(recall_ids).order_by("pk")
    return sources.claims_by_disposal(recall_ids, chosen.figure).order_by("pk")


def columns_of(chosen: Chosen) -> tuple[RowColumn, ...]:
    """What is told of each row."""
    if chosen.figure is Counted.CORRECTED:
        return CORRECTION_COLUMNS
    return REPORT_COLUMNS if chosen.figure is Counted.BOTH else CLAIM_COLUMNS


def told(rows: Any, chosen: Chosen) -> Any:
    """The rows with all that their columns tell, without what is sealed."""
    if chosen.figure is Counted.CORRECTED:
        return sources.with_claims(rows).defer("report__sealed_serial")
    if chosen.figure is Counted.BOTH:
        of_unit = Claim.objects.filter(remedy__entitlement__unit_digest=OuterRef("unit_digest"))
        of_unit = of_unit.order_by("pk")
        return (
            rows.select_related("recall")
            .defer("sealed_serial")
            .annotate(
                reference=Subquery(of_unit.values("filing__reference")[:1]),
                position=Subquery(of_unit.values("position")[:1]),
                claim_state=Subquery(of_unit.values("state")[:1]),
            )
        )
    return rows.select_related("filing", "recall").defer(*SEALED_FIELDS)


def cells_of(rows: Rows, chosen: Chosen) -> Iterator[list[Cell]]:
    """The rows, each as its cells."""
    columns = columns_of(chosen)
    for row in told(rows, chosen).iterator(chunk_size=AT_ONCE):
        yield [column.value(row) for column in columns]
