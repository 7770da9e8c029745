"""The door to the queue: one page of a list with its counts.

Guarantee: whoever may not see claims gets nothing of it.
"""

from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue.counts import Counts, counts_for
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.narrowing import narrowed
from recalldesk.claims.desk_queue.pages import PAGE_SIZE, Page, page_of
from recalldesk.claims.desk_queue.places import From
from recalldesk.claims.desk_queue.rows import QueueRow, rows_of
from recalldesk.foundation import clock

OF_ONE_LIST = 200
"""Of the units of one owner so many stand on a page as are decided at once."""


@dataclass(frozen=True)
class QueuePage:
    """A page as it is shown."""

    rows: tuple[QueueRow, ...]
    page: Page
    counts: Counts


def queue_page(
    filters: Filters, *, by: Staff, start: From | None = None, size: int = PAGE_SIZE
) -> QueuePage:
    """A page of a list. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    days = desk_days(clock.now())
    found = narrowed(filters, by=by, days=days, folds=True)
    page = page_of(found, start or From(), size=OF_ONE_LIST if filters.filing else size)
    return QueuePage(
        rows=rows_of(page.claim_ids, days=days),
        page=page,
        counts=counts_for(filters, by=by, days=days),
    )
