"""What can go wrong with seats, questions and answers. Nothing was changed then."""

from recalldesk.foundation.problem import Problem


class InquiryProblem(Problem):
    """`message` says what is wrong, `hint` what to do."""


class NoSeat(InquiryProblem):
    """The person has no seat at the recall. Whether there is such a recall is not said: a page
    answers as one that does not exist."""

    def __init__(self) -> None:
        super().__init__("There is no such page.", "The start page shows what your seat opens.")


class SeatRefused(InquiryProblem):
    """The seat cannot be given or ended as asked."""


class NotAsked(InquiryProblem):
    """The question cannot be taken as it is."""


class NotAnswered(InquiryProblem):
    """The answer, or the day for it, cannot be taken as it is."""


class NoSuchQuestion(InquiryProblem):
    """There is no question of that number that the person may see."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"There is no question {number}.", "`recalldesk questions list` shows those that are."
        )
