"""Why a list is not taken. Pages say it in the owner's language."""

from enum import StrEnum

from recalldesk.foundation.problem import Problem


class ListProblem(StrEnum):
    """What is wrong with the list as a whole."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    NOT_READABLE = "not_readable"
    NO_HEADING = "no_heading"
    TWO_HEADINGS = "two_headings"
    NO_LINE_NUMBERS = "no_line_numbers"


class ListRefused(Problem):
    """The list is not taken; nothing of it was kept."""

    def __init__(self, kind: ListProblem) -> None:
        super().__init__(f"The list is not taken: {kind}.", "Put it right, and send it again.")
        self.kind = kind
