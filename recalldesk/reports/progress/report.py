"""The Monthly Progress Report of a recall and a period, computed.

Guarantee: it is asked for as of one moment, and every number in it is that of the rows which its
cell opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.inquiries.seats import require_seat
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.counting import count, count_figures
from recalldesk.reports.progress.figures import CellOf, Figure, Numbers, Section
from recalldesk.reports.progress.head import Affected, Head, affected_of, head_of
from recalldesk.reports.progress.moving import keep_moves
from recalldesk.reports.progress.publicity import Publicity, publicity_of
from recalldesk.stock.reads.counts import Stock, stock_of, totals


@dataclass(frozen=True)
class Report:
    """The whole of it. `numbers`: by the names of figures; `stock`: what partners
    had at the end of the period; `counted_at`: as of when; `is_over`:
    whether the period was over by then."""

    head: Head
    period: Period
    affected: Affected
    numbers: Mapping[str, Numbers]
    publicity: Publicity
    stock: Stock
    counted_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether what is learned from now on is of later periods."""
        return self.counted_at >= self.period.ends_at

    @property
    def shown(self) -> list[Figure]:
        """Every figure, but for networks on which nothing was ever posted."""
        return [
            each
            for each in FIGURES
            if not each.name.startswith("posts-") or self.numbers[each.name].so_far
        ]

    def figures(self, section: Section, *, is_beside: bool = False) -> list[Figure]:
        """The figures of a section: those of the form, or those that stand beside it."""
        return [
            each for each in self.shown if each.section is section and each.is_beside is is_beside
        ]


def report_of(recall: Recall, period: Period, *, by: Staff) -> Report:
    """Computes it. Raises NotPermitted, NoSeat, NoReport."""
    require_seat(by, recall)
    head, affected = head_of(recall), affected_of(recall)
    counted_at = clock.now()
    keep_moves(recall)
    return Report(
        head=head,
        period=period,
        affected=affected,
        numbers=count_figures(recall, period),
        publicity=publicity_of(recall, period),
        stock=totals(stock_of(recall, until=period.ends_at).values()),
        counted_at=counted_at,
    )


def cell_count(recall: Recall, period: Period, cell: CellOf, *, by: Staff) -> int:
    """The number of one cell. Raises NotPermitted, NoSeat."""
    require_seat(by, recall)
    keep_moves(recall)
    return count(recall, period, cell)
