"""The times of many decisions, from the stretches that are kept of them. Pure.

Guarantee: a time is off by 2.2 % at most, however many there are.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from recalldesk.reports.desk_figures.selection import Who
from recalldesk.reports.desk_figures.values import Spread
from recalldesk.reports.sums.names import middle_of
from recalldesk.reports.sums.reads import Sum


def spread_of(sums: Iterable[Sum], who: Who | None) -> Spread:
    """Median and 90th percentile of those that the rule or people decided, or of all. The last
    part of a key is the stretch, the first who decided."""
    counts = Counter[int]()
    for each in sums:
        if who is None or each.parts[0] == who:
            counts[int(each.parts[-1])] += each.value
    return Spread(_at(counts, 0.5), _at(counts, 0.9))


def _at(counts: Counter[int], share: float) -> timedelta | None:
    """The time that so great a share is not above."""
    wanted, so_far = share * counts.total(), 0
    for stretch, count in sorted(counts.items()):
        so_far += count
        if count and so_far >= wanted:
            return middle_of(stretch)
    return None
