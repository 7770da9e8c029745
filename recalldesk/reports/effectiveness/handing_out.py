"""Hands out the rows behind a number of the report, and the report as PDF.

Guarantee: as of any list, who took what rows, why and how many stands in the log before the first
byte leaves. The engine that sets a PDF is loaded by the first one that is asked for.
"""

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Heading
from recalldesk.recalls.models import Recall
from recalldesk.reports.effectiveness.figures import Effectiveness
from recalldesk.reports.effectiveness.rows import COLUMNS, cells_of, rows_behind
from recalldesk.reports.effectiveness.selection import Selected, query_of

LOGGED_AS = "effectiveness?"
"""With what the query of such an export begins in the log."""


def export_rows(
    recall: Recall, chosen: Selected, *, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows. Raises NotPermitted, NoSeat, NoReasonForExport,
    TooManyForWorkbook.
    """
    require(by, Permission.EXPORT_LIST)
    rows = rows_behind(recall, chosen, by=by)
    titles = [column.title for column in COLUMNS[chosen.rows]]
    return hand_out(
        ListExport(
            by=by,
            query=f"{LOGGED_AS}recall={recall.slug}&{query_of(chosen)}",
            form=form,
            columns=titles,
            is_personal=False,
            expected=rows.count(),
        ),
        name=f"effectiveness-{chosen.rows}",
        headings=[Heading(title) for title in titles],
        rows=cells_of(rows, chosen),
        reason=reason,
    )


def pdf_of(found: Effectiveness) -> bytes:
    """The report as a PDF."""
    from recalldesk.reports.effectiveness.as_pdf import as_pdf

    return as_pdf(found)
