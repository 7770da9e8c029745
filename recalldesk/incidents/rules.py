"""The clock of an incident: until when it has to be decided, and when the desk is reminded. Pure.

Guarantees: the clock counts from a moment that is the server's own; whoever asks often enough is
told to remind once at each stage, and first well before the time is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

TO_DECIDE_IN = timedelta(hours=24)
"""In the United States a firm tells the Commission "immediately" of what has to be reported."""
NEAR_AFTER = timedelta(hours=12)
"""Half of it: whatever came in the night is named in the morning, with time left to look."""
URGENT_AFTER = timedelta(hours=20)
"""Four hours are left: enough to reach somebody who decides, and to write a report."""


class Stage(IntEnum):
    """How far the clock is. Of each the desk is reminded but the first."""

    FRESH = 0
    NEAR = 1
    URGENT = 2
    OVER = 3


BEGINS = {Stage.NEAR: NEAR_AFTER, Stage.URGENT: URGENT_AFTER, Stage.OVER: TO_DECIDE_IN}
"""How long after its start each stage of the clock begins."""


@dataclass(frozen=True)
class Clock:
    """The clock of one incident that is to be decided. `since`: its start."""

    since: datetime

    @property
    def due_at(self) -> datetime:
        """When it is over."""
        return self.since + TO_DECIDE_IN

    def stage(self, at: datetime) -> Stage:
        """How far it is at a moment."""
        begun = [stage for stage, after in BEGINS.items() if at - self.since >= after]
        return max(begun, default=Stage.FRESH)

    def reminds(self, at: datetime, *, reminded_at: datetime | None) -> bool:
        """Whether the desk is to be reminded: once at each stage, and once on each day (of UTC)
        on which the clock is over. `reminded_at`: when it was last."""
        stage = self.stage(at)
        if stage is Stage.FRESH:
            return False
        if reminded_at is None or self.stage(reminded_at) < stage:
            return True
        return stage is Stage.OVER and reminded_at.date() < at.date()


def clock_since(
    *, obtained_at: datetime, learned_at: datetime | None, joined_at: Iterable[datetime]
) -> datetime:
    """Since when the clock counts. What was told after a decision counts from when it was told: all
    before was decided about. Else the first report of the event counts, also one that was joined
    to this: `joined_at` are the moments at which those were obtained."""
    if learned_at is not None:
        return learned_at
    return min([obtained_at, *joined_at])


def left_in_words(due_at: datetime, now: datetime) -> str:
    """How much time is left, in whole minutes: "3 h 20 min left", "over by 2 days"."""
    left = due_at - now
    if left >= timedelta(minutes=1):
        return f"{_in_words(left)} left"
    if left > timedelta():
        return "less than a minute left"
    return f"over by {_in_words(-left)}" if left <= timedelta(minutes=-1) else "over"


def _in_words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days >= 2:
        return f"{days} days"
    hours += 24 * days
    parts = [f"{hours} h"] if hours else []
    if minutes % 60 or not hours:
        parts.append(f"{minutes % 60} min")
    return " ".join(parts)
