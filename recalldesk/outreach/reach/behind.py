"""The purchases behind a figure of reach, on pages and in exports.

Guarantees: a figure opens the very rows that it counts; none of their columns tells of a person.
"""

from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.reach.figures import rows_of_reach
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.purchasers.reads.behind import PURCHASES, Behind, RowColumn
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall

COLUMNS = (
    *PURCHASES,
    RowColumn("Still out there", lambda row: row.left),
    RowColumn("What became of it", lambda row: str(Outcome(row.outcome).label)),
)


def behind_reach(recall: Recall, figure: str, channel: Channel | None, *, by: Looking) -> Behind:
    """The rows of a figure: of a channel, or of all. Raises NotPermitted, KeyError."""
    require_look(by, Permission.SEE_PURCHASERS, [recall.pk])
    rows = rows_of_reach(recall, figure, channel).defer("sealed_order", "sealed_serial")
    return Behind(rows, COLUMNS)
