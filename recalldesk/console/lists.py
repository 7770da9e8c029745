"""The lists of claims that the desk works through, in the order in which they are looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListOfClaims:
    """One list, and what stands in it."""

    key: str
    name: str
    holds: str


LISTS = (
    ListOfClaims("danger", "Danger", "Somebody said that the unit is hot, swollen or has burned."),
    ListOfClaims("late", "Promise about to break", "The owner was told a date, and it is near."),
    ListOfClaims("review", "To review", "The rule found something that a person must look at."),
    ListOfClaims("answered", "Owner answered", "What we had asked for is there."),
    ListOfClaims("appeals", "Appeals", "The owner asked for another person."),
    ListOfClaims("second", "Second opinion", "A colleague asked for one, or the recall does."),
)
