"""Hands out the rows behind a cell as a file.

Guarantee: as of any list, who took what, why and how many rows stands in the log before the first
byte leaves.
"""

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.inquiries.seats import require_seat
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import LEDGERS
from recalldesk.reports.progress.counting import Row, marks_of, rows_of
from recalldesk.reports.progress.figures import CellOf

LOGGED_AS = "progress?"
"""With what the query of such an export begins in the log."""
HEADS = ("Row", "Adds", "Counts from (UTC)")


def export_rows(
    recall: Recall, period: Period, cell: CellOf, *, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows. Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require_seat(by, recall)
    require(by, Permission.EXPORT_LIST)
    ledger = LEDGERS[cell.figure.ledger]
    titles = [*HEADS, *ledger.heads]
    marks = marks_of(recall, period, cell.span, (ledger.name,))[ledger.name]
    return hand_out(
        ListExport(
            by=by,
            query=f"{LOGGED_AS}recall={recall.slug}&cell={cell.name}"
            f"&from={period.first}&to={period.last}",
            form=form,
            columns=titles,
            is_personal=False,
            expected=sum(mark.rows for part, mark in marks.items() if part in cell.figure.parts),
        ),
        name=f"progress-{cell.name}",
        headings=[Heading(title) for title in titles],
        rows=map(_cells, rows_of(recall, period, cell)),
        reason=reason,
    )


def _cells(row: Row) -> list[Cell]:
    return [row.number, row.adds, row.at.isoformat(timespec="seconds"), *row.told.cells]
