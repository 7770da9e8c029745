"""What goes wrong when a remedy is granted."""

from recalldesk.foundation.problem import Problem


class RemedyGiven(Problem):
    """The unit has an effective remedy; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "This unit has a remedy already.", "Another one takes two people with a reason."
        )
