"""The only door to the counts of checks.

Guarantee: a figure is the sum of the rows of its minutes, as far as they were written: a running
server is less than a second behind.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from recalldesk.checks.models import CheckCount
from recalldesk.checks.states import COUNTED_AS, Source
from recalldesk.recalls.models import Recall

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """How often something was answered: in the last 60 minutes, on this day (UTC), and ever.

    `by_source` parts `ever` by the door through which was asked.
    """

    last_hour: int
    today: int
    ever: int
    by_source: dict[Source, int]


def said_by(recall: Recall, *, at: datetime) -> dict[str, Asked]:
    """What a recall said in checks, by verdict, in the order of their gravity."""
    return _asked(Q(recall=recall), at)


def all_checks(*, at: datetime) -> dict[str, Asked]:
    """Every check of this installation once, by the answer given, or "unanswered"."""
    return _asked(Q(recall__isnull=True), at)


def said_in_frames(recall: Recall) -> dict[str, dict[str, int]]:
    """What a recall said in the frames of shops, ever: by shop, then by verdict as above."""
    rows = (
        CheckCount.objects.filter(recall=recall, source=Source.FRAME)
        .values_list("shop", "verdict")
        .annotate(ever=Sum("count"))
    )
    found: dict[str, dict[str, int]] = {}
    for shop, verdict, ever in rows:
        found.setdefault(shop, {})[verdict] = ever
    return {
        shop: {name: said[name] for name in COUNTED_AS if name in said}
        for shop, said in sorted(found.items())
    }


def _asked(which: Q, at: datetime) -> dict[str, Asked]:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        CheckCount.objects.filter(which)
        .values_list("verdict", "source")
        .annotate(
            last_hour=Sum("count", filter=Q(minute__gt=at - HOUR), default=0),
            today=Sum("count", filter=Q(minute__gte=day), default=0),
            ever=Sum("count"),
        )
    )
    parts: dict[str, list[Asked]] = {}
    for verdict, source, last_hour, today, ever in rows:
        part = Asked(last_hour, today, ever, {Source(source): ever})
        parts.setdefault(verdict, []).append(part)
    return {name: _together(parts[name]) for name in COUNTED_AS if name in parts}


def _together(parts: list[Asked]) -> Asked:
    by_source = {source: count for part in parts for source, count in part.by_source.items()}
    return Asked(
        last_hour=sum(part.last_hour for part in parts),
        today=sum(part.today for part in parts),
        ever=sum(part.ever for part in parts),
        by_source={source: by_source[source] for source in Source if source in by_source},
    )
