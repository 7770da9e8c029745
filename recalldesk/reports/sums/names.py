"""What is kept, by name, and the parts of each key. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from math import log

NO_DAY = date(1970, 1, 1)
"""The day of what is true now, whatever the day."""
BETWEEN = "|"
"""Between the parts of a key."""
TO_AN_OCTAVE = 16
"""Stretches in which times are kept, to each doubling: two in one differ by less than 4.5 %."""


class Kind(StrEnum):
    """What a sum is of, with what its key says."""

    CORRECTED = "corrected"
    """Units that count, by the day of their row: level, measure, country, first way."""
    CLAIMS = "claims"
    """Claims that were sent, now: state."""
    DISPOSAL = "disposal"
    """Claims by how their unit was got rid of, now: figure."""
    FILED = "filed"
    """Claims, by the day on which they were sent."""
    DECIDED = "decided"
    """Decisions, by the day on which they came to count: state, kind, who, promise kept."""
    WAIT = "wait"
    """Decided claims by that day: by the rule or a person, span, stretch of the time waited."""
    SINCE_SENT = "since-sent"
    """The same: by the rule or a person, stretch of the time since it was sent."""
    REASON = "reason"
    """Reasons of decisions that count, by that day: by the rule or a person, reason."""
    SECOND = "second"
    """Settled for others, by that day: who, state."""
    CHECKS = "checks"
    """Checks in which the recall spoke, by day: what it said."""
    REACH = "reach"
    """Units of purchases, now: channel, strength, outcome."""
    TOLD_BY = "told-by"
    """Units of purchases told, now: channel, strength, way."""
    FIRST_WAY = "first-way"
    """Units of purchases with a strong match, now: first way that reached the owner, country."""
    STEP = "step"
    """Purchases whose owner was told, now: first way, how far it came."""


OF_PURCHASES = frozenset({Kind.REACH, Kind.TOLD_BY, Kind.FIRST_WAY, Kind.STEP})
STEPS: Mapping[int, str] = dict(
    enumerate(
        ("told", "delivered", "opened", "begun", "sent", "approved", "ordered", "settled"), start=0
    )
)
"""How far a purchase came whose owner was told."""


def middle_of(stretch: int) -> timedelta:
    """The time that stands for all of a stretch: none in it is further off than 2.2 %."""
    return timedelta(seconds=2 ** ((stretch + 0.5) / TO_AN_OCTAVE))


def stretch_of(wait: timedelta) -> int:
    """The stretch of a time; all below a second are one."""
    return int(TO_AN_OCTAVE * log(max(wait.total_seconds(), 1.0), 2))
