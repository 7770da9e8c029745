"""The Monthly Progress Report of a recall and a period, computed.

Guarantee: it is asked for as of one moment, and every number in it is that of the rows which its
cell opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.counting import count_figures
from recalldesk.reports.progress.figures import Figure, Numbers, Section
from recalldesk.reports.progress.head import Affected, Head, affected_of, head_of
from recalldesk.reports.progress.moving import keep_moves


@dataclass(frozen=True)
class Report:
    """The whole of it. `numbers`: by the names of figures; `counted_at`: as of when; `is_over`:
    whether the period was over by then."""

    head: Head
    period: Period
    affected: Affected
    numbers: Mapping[str, Numbers]
    counted_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether what is learned from now on is of later periods."""
        return self.counted_at >= self.period.ends_at

    def figures(self, section: Section, *, is_beside: bool = False) -> list[Figure]:
        """The figures of a section: those of the form, or those that stand beside it."""
        return [each for each in FIGURES if each.section is section and each.is_beside is is_beside]


def report_of(recall: Recall, period: Period, *, by: Staff) -> Report:
    """Computes it. Raises NotPermitted, NoReport."""
    require(by, Permission.SEE_REPORTS)
    head, affected = head_of(recall), affected_of(recall)
    counted_at = clock.now()
    keep_moves(recall)
    return Report(
        head=head,
        period=period,
        affected=affected,
        numbers=count_figures(recall, period),
        counted_at=counted_at,
    )
