"""Reach, from the sums that are kept of purchases.

Guarantee: the same figures as `outreach.reach.figures.reach_of` counts from the rows.
"""

from collections import Counter
from collections.abc import Iterable

from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.reach.figures import Reach, ReachFigures, reach_of_parts
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.recalls.models import Recall
from recalldesk.reports.sums.names import Kind
from recalldesk.reports.sums.reads import Sum, sums_of

TOLD = (Outcome.TOLD, Outcome.BY_SHOP)


def kept_reach(recall: Recall, *, by: Looking) -> Reach:
    """The figures of a recall. Raises NotPermitted."""
    require_look(by, Permission.SEE_PURCHASERS, [recall.pk])
    return reach_of_sums(recall, sums_of([Kind.REACH, Kind.TOLD_BY], [recall.pk]))


def reach_of_sums(recall: Recall, sums: Iterable[Sum]) -> Reach:
    """The same, of sums that were read already, for whoever may see it."""
    counts: dict[Channel, Counter[str]] = {}
    for each in sums:
        if each.kind not in (Kind.REACH, Kind.TOLD_BY):
            continue
        channel, strength, what = each.parts
        found = counts.setdefault(Channel(channel), Counter())
        if each.kind is Kind.TOLD_BY:
            found[f"by_{what}"] += each.value if strength == Strength.STRONG else 0
        elif strength == Strength.STRONG:
            found["units"] += each.value
            found[what] += each.value
        else:
            found["weak_units"] += each.value
            found["weak_told"] += each.value if what in TOLD else 0
    channels = {
        channel: ReachFigures(**counts[channel]) for channel in Channel if channel in counts
    }
    return reach_of_parts(recall, channels)
