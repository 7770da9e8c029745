"""Each figure in words: its title, and what is counted, how. Pure.

Guarantee: the page, the exports and the documentation say a figure by these words and no others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Figure(StrEnum):
    """A number of the desk, by its name in addresses."""

    FILED = "filed"
    WAITING = "waiting"
    LATE_NOW = "late-now"
    DECIDED = "decided"
    BY_RULE = "by-rule"
    TIME = "time"
    ALL_TIME = "all-time"
    DECISIONS = "decisions"
    REASONS = "reasons"
    REVIEWERS = "reviewers"
    SECONDS = "seconds"
    PROMISES = "promises"
    LATE = "late"
    UNDONE = "undone"


@dataclass(frozen=True)
class Definition:
    """`title`: what it is called. `says`: what is counted, in a sentence or two."""

    title: str
    says: str


F = Figure
DEFINITIONS: Mapping[Figure, Definition] = {
    F.FILED: Definition(
        "Filed",
        "Claims that owners, or the desk for them, sent in the period. Each unit is one claim.",
    ),
    F.DECIDED: Definition(
        "Decided",
        "Decisions of the period that approve or decline a claim, or call it claimed before, and "
        "that count. A claim that was decided again, as after an appeal, is counted again.",
    ),
    F.BY_RULE: Definition(
        "Decided by the rule",
        "Of the decided, those that no person made.",
    ),
    F.TIME: Definition(
        "Time to decide",
        "From when a claim began to wait to its decision: by the rule since the owner's turn "
        "ended, by a person since it was given to one. Nights and weekends count. Half took the "
        "median or less, nine in ten the 90th percentile or less; of more than 5,000 decisions "
        "they are right to within 2.2 %.",
    ),
    F.ALL_TIME: Definition(
        "From sent to decided",
        "Of each decided claim, from the moment at which it was sent to its decision, with all "
        "that it waited for in between, its owner too.",
    ),
    F.WAITING: Definition(
        "Waiting now",
        "Claims that stand in a list of the desk at this moment, whatever the period. The age is "
        "the time since a claim came to where it stands.",
    ),
    F.LATE_NOW: Definition(
        "Late now",
        "Claims that are not ended and whose owner was promised the next step by a day that is "
        "past, whatever the period. Remedies that are late are among them.",
    ),
    F.PROMISES: Definition(
        "Promises kept",
        "Of people's decisions and questions of the period that count and of which the owner was "
        "told a day, those made on that day or before. What the rule decided is not among them.",
    ),
    F.LATE: Definition(
        "Promises kept late",
        "Of the same, those made after the day that the owner was told.",
    ),
    F.DECISIONS: Definition(
        "By kind",
        "All decisions of the period that count, by what they say. To ask the owner and to give a "
        "claim to a person decide it not yet.",
    ),
    F.REASONS: Definition(
        "By reason",
        "How often each reason stands in a decision that counts. A decision with two reasons is "
        "counted under both, one without under none.",
    ),
    F.REVIEWERS: Definition(
        "By reviewer",
        "Decisions and questions of each person that count; of two people, they stand with the "
        "one who proposed. To share out the work: a hard claim counts as much as an easy one.",
    ),
    F.SECONDS: Definition(
        "As second person",
        "What others proposed and this person settled in the period: agreed or refused.",
    ),
    F.UNDONE: Definition(
        "Undone",
        "Decisions that were undone in the period, by whoever made them, a senior or an owner who "
        "withdrew. They count nowhere else.",
    ),
}
"""Every figure, in the order in which the page has them."""

WHEN = (
    "A decision is of the day on which it came to count: on which it was made, or on which a "
    "second person agreed. Proposed, refused and undone decisions do not count. Days begin at "
    "midnight UTC."
)
"""What holds for all of them."""
