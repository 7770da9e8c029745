"""The lists of the queue, by what needs doing, and in which order each is worked off.

Guarantee: a claim that waits for a person stands in exactly one list besides the list of promises
and the list of all.
"""

from collections.abc import Mapping
from enum import StrEnum

from recalldesk.claims.states import DeskList


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


IN_LIST: Mapping[QueueList, DeskList] = {
    QueueList.REVIEW: DeskList.REVIEW,
    QueueList.DANGER: DeskList.DANGER,
    QueueList.ANSWERED: DeskList.ANSWERED,
    QueueList.APPEAL: DeskList.APPEAL,
    QueueList.SECOND: DeskList.SECOND,
    QueueList.LED: DeskList.LED,
}
"""The lists that are one word in the claim's row."""
