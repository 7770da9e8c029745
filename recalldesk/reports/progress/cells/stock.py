"""Beside the form: what became of partners' stock, and what they have left.

Movements are rows of `stock`, each with its minus where it was taken back. Counts are levels: the
newest one of each partner holds.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from recalldesk.recalls.models import Recall
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import movements_of
from recalldesk.stock.states import Kind

NAME = "stock"
BEGINNING, END = datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
CAME_BACK = "came-back"
WHEN = (
    "Told by partners, or entered for them; of the day, of UTC, on which it was written here, and "
    "taken off on the day on which it was taken back."
)


def _figure(part: str, title: str, says: str) -> Figure:
    parts = frozenset({part})
    return Figure(f"stock-{part}", Section.STOCK, title, f"{says} {WHEN}", NAME, parts, True)


FIGURES: tuple[Figure, ...] = (
    _figure(
        Kind.RETURNED.value,
        "Stock that partners returned",
        "Units of their own stock, which count as corrected at their level.",
    ),
    _figure(
        Kind.DESTROYED.value,
        "Stock that partners destroyed",
        "Units of their own stock, which count as corrected at their level.",
    ),
    _figure(
        CAME_BACK,
        "Units from customers that partners returned or destroyed",
        "They count as corrected by the customer's refund, not by this.",
    ),
)


def _moved(recall: Recall) -> Mapping[str, Any]:
    """Each row under a number of its own: what takes it off is odd."""
    rows = list(movements_of(recall, BEGINNING, END))
    return {
        "moved_parts": [CAME_BACK if each.came_back else each.kind.value for each in rows],
        "moved_numbers": [2 * each.row_id + (each.units < 0) for each in rows],
        "moved_units": [each.units for each in rows],
        "moved_at": [each.at for each in rows],
    }


def _told(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = StockReport.objects.select_related("partner").in_bulk([each // 2 for each in numbers])
    return {each: _row(rows[each // 2], is_minus=bool(each % 2)) for each in numbers}


def _row(row: StockReport, *, is_minus: bool) -> Told:
    return Told(
        (
            row.pk,
            row.partner.name,
            str(row.get_kind_display()),
            row.product,
            str(row.happened_on),
            row.reference,
            "Taken back" if is_minus else "",
        )
    )


LEDGER = Ledger(
    NAME,
    """
    SELECT part, number, adds, at
    FROM unnest(%(moved_parts)s::text[], %(moved_numbers)s::bigint[], %(moved_units)s::bigint[],
        %(moved_at)s::timestamptz[]) AS moved (part, number, adds, at)
    """,
    ("Told", "Partner", "What", "Product", "On", "Its number", "Taken back"),
    _told,
    _moved,
)
