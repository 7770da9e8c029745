"""The rows behind a number of the report.

Guarantees: their units, or how many they are, give the number; none of their columns tells of a
person.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.foundation.sheets import Cell
from recalldesk.inquiries.seats import note_look, require_seat
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Correction
from recalldesk.reports.corrections.row_sets import CORRECTION_COLUMNS, RowColumn
from recalldesk.reports.corrections.sources import with_claims
from recalldesk.reports.effectiveness.definitions import STEPS, WAYS
from recalldesk.reports.effectiveness.selection import Rows, Selected, query_of
from recalldesk.reports.models import KeptPurchase
from recalldesk.reports.sums.folding import fold

AT_ONCE = 2_000
AnyRows = QuerySet[Correction, Any] | QuerySet[KeptPurchase, Any]
COLUMNS: dict[Rows, tuple[RowColumn, ...]] = {
    Rows.CORRECTED: (
        *CORRECTION_COLUMNS,
        RowColumn("Country", lambda row: row.place.country),
        RowColumn("Told first by", lambda row: WAYS[row.place.way]),
    ),
}
OF_PURCHASES = (
    RowColumn("Purchase", lambda row: row.purchase_id),
    RowColumn("Channel", lambda row: str(Channel(row.channel).label)),
    RowColumn("Country", lambda row: row.country),
    RowColumn("Units still out there", lambda row: row.units_left),
    RowColumn("What became of it", lambda row: str(Outcome(row.outcome).label)),
    RowColumn("Told first by", lambda row: WAYS[row.first_way]),
    RowColumn("Came as far as", lambda row: "" if row.step is None else STEPS[row.step][0]),
)
COLUMNS |= {Rows.WAY: OF_PURCHASES, Rows.STEP: OF_PURCHASES}


def rows_behind(recall: Recall, chosen: Selected, *, by: Staff) -> AnyRows:
    """The rows, in the order in which they came to be; that an authority looked is noted.

    Raises NotPermitted, NoSeat.
    """
    require_seat(by, recall)
    note_look(by, recall, rows=f"effectiveness?{query_of(chosen)}")
    if chosen.rows is Rows.CORRECTED:
        return _corrections(recall, chosen)
    fold()  # what was touched since is looked at before it is listed
    rows = KeptPurchase.objects.filter(recall_id=recall.pk).order_by("purchase_id")
    if chosen.rows is Rows.WAY:
        return rows.filter(strength=Strength.STRONG, first_way=chosen.way)
    return rows.filter(step__gte=chosen.step)


def units_of(row: Correction | KeptPurchase, chosen: Selected) -> int:
    """How much a row adds to the number."""
    if isinstance(row, Correction):
        return row.units
    return row.units_left if chosen.rows is Rows.WAY else 1


def told(rows: AnyRows) -> Any:
    """The rows with all that their columns tell, without what is sealed."""
    if rows.model is Correction:
        corrections: Any = rows
        return with_claims(corrections).select_related("place").defer("report__sealed_serial")
    return rows


def cells_of(rows: AnyRows, chosen: Selected) -> Iterator[list[Cell]]:
    """The rows, each as its cells."""
    for row in told(rows).iterator(chunk_size=AT_ONCE):
        yield [column.value(row) for column in COLUMNS[chosen.rows]]


def _corrections(recall: Recall, chosen: Selected) -> QuerySet[Correction, Any]:
    rows = Correction.objects.filter(recall=recall)
    if chosen.level is not None:
        rows = rows.filter(level=chosen.level)
    if chosen.way is not None:
        rows = rows.filter(place__way=chosen.way)
    if chosen.country is not None:
        rows = rows.filter(place__country=chosen.country)
    if chosen.week is not None:
        begins = datetime.combine(chosen.week, time(), tzinfo=UTC)
        rows = rows.filter(counted_at__lt=begins + timedelta(days=7))
        rows = rows if chosen.up_to else rows.filter(counted_at__gte=begins)
    return rows.order_by("counted_at", "pk")
