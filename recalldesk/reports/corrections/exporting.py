"""Hands out the rows behind a number of the corrections as a file.

Guarantee: as of any list, who took what, why and how many rows stands in the log before the first
byte leaves.
"""

from collections.abc import Collection

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Heading
from recalldesk.reports.corrections.row_sets import cells_of, columns_of, rows_behind
from recalldesk.reports.corrections.selection import Behind, query_of

LOGGED_AS = "corrections?"
"""With what the query of such an export begins in the log."""


def export_rows(
    behind: Behind, recall_ids: Collection[int], *, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows. Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require(by, Permission.EXPORT_LIST)
    rows = rows_behind(behind.chosen, recall_ids, behind.period)
    titles = [column.title for column in columns_of(behind.chosen)]
    return hand_out(
        ListExport(
            by=by,
            query=LOGGED_AS + query_of(behind),
            form=form,
            columns=titles,
            is_personal=False,
            expected=rows.count(),
        ),
        name=f"corrections-{behind.chosen.figure}",
        headings=[Heading(title) for title in titles],
        rows=cells_of(rows, behind.chosen),
        reason=reason,
    )
