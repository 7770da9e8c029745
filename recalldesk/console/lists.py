"""The lists of claims that the desk works through, in the order in which they are looked at."""

from dataclasses import dataclass

from recalldesk.claims.desk_queue.lists import QueueList


@dataclass(frozen=True)
class ListOfClaims:
    """One list: its short name for a tab, its title, what stands in it, what is said of none."""

    key: QueueList
    name: str
    title: str
    holds: str
    empty: str


LISTS = (
    ListOfClaims(
        QueueList.DANGER,
        "Danger",
        "Claims with danger",
        "Somebody said that the unit is hot, swollen or has burned.",
        "Nobody told of danger.",
    ),
    ListOfClaims(
        QueueList.PROMISE,
        "Promises",
        "Promises about to break",
        "The owner was told a date, and it is near.",
        "No promise is near.",
    ),
    ListOfClaims(
        QueueList.REVIEW,
        "To review",
        "Claims to review",
        "The rule found something that a person must look at.",
        "Nothing waits for review.",
    ),
    ListOfClaims(
        QueueList.ANSWERED,
        "Owner answered",
        "Owners who answered",
        "What we had asked for is there, or the owner wrote.",
        "Nobody's answer waits.",
    ),
    ListOfClaims(
        QueueList.APPEAL,
        "Appeals",
        "Appeals",
        "The owner asked for another person.",
        "No appeal waits.",
    ),
    ListOfClaims(
        QueueList.SECOND,
        "Second opinion",
        "Second opinions",
        "A colleague asked for one, or the recall does.",
        "Nobody asks for a second opinion.",
    ),
    ListOfClaims(
        QueueList.LED,
        "Led to late",
        "Led to after the remedy was ordered",
        "A later claim shares something with one that was approved, and its remedy was ordered.",
        "Nothing was led to too late.",
    ),
    ListOfClaims(
        QueueList.ALL,
        "All",
        "All claims",
        "Every claim that was sent, the newest first.",
        "No claim was sent.",
    ),
)
BY_KEY = {each.key: each for each in LISTS}
"""Every list by its key."""
