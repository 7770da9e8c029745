"""What an address of the figures asks for: which recall, or all, and which days.

Guarantee: what is no recall or no day of ours is said, and what is shown instead stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.reports.desk_figures.period import Period, period_in


@dataclass(frozen=True)
class Asked:
    """`recall`: its name in addresses, empty for all. `recalls`: those to choose from. `said`: what
    was put right of the address."""

    recall: str
    recalls: tuple[LiveRecall, ...]
    period: Period
    said: tuple[str, ...]

    @property
    def recall_ids(self) -> list[int]:
        """Of which recalls the rows are."""
        return [each.recall_id for each in self.recalls if self.recall in ("", each.slug)]


def asked_in(query: Mapping[str, str], *, today: date) -> Asked:
    """What a query asks for."""
    period, said = period_in(query, today=today)
    recalls, recall = tuple(live_recalls()), query.get("recall", "").strip()
    if recall and recall not in {each.slug for each in recalls}:
        said += (f"“{recall[:40]}” is no recall that we know: these are the figures of all.",)
        recall = ""
    return Asked(recall, recalls, period, said)
