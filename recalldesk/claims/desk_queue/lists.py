"""The lists of the queue, by what needs doing, and in which order each is worked off.

Guarantee: a claim that waits for a person stands in exactly one list besides the list of promises
and the list of all.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from recalldesk.claims.states import DeskList
from recalldesk.foundation.working_days import add_working_days

SOON_DAYS = 2
"""Working days within which a promise counts as about to break."""


class QueueList(StrEnum):
    """A list, by its name in addresses."""

    REVIEW = "review"
    DANGER = "danger"
    PROMISE = "promise"
    ANSWERED = "answered"
    APPEAL = "appeal"
    SECOND = "second"
    LED = "led"
    ALL = "all"


class Due(StrEnum):
    """How near the promised day of a claim is. Each holds the ones before it."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"


IN_LIST: Mapping[QueueList, DeskList] = {
    QueueList.REVIEW: DeskList.REVIEW,
    QueueList.DANGER: DeskList.DANGER,
    QueueList.ANSWERED: DeskList.ANSWERED,
    QueueList.APPEAL: DeskList.APPEAL,
    QueueList.SECOND: DeskList.SECOND,
    QueueList.LED: DeskList.LED,
}
"""The lists that are one word in the claim's row."""


def last_day(due: Due, *, today: date) -> date:
    """The last promised day that still counts as due so."""
    if due is Due.LATE:
        return today - timedelta(days=1)
    return today if due is Due.TODAY else add_working_days(today, SOON_DAYS)
