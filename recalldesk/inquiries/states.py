"""Where a seat and a question stand, as rows and the log say it."""

from collections.abc import Mapping

from django.db.models import TextChoices


class SeatState(TextChoices):
    """A seat in the log. A day that has come ends a seat, too; no row is written then."""

    GIVEN = "given", "Given"
    ENDED = "ended", "Ended"


class QuestionState(TextChoices):
    """A question of an authority."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


PROMISED = "promised"
"""What the log says beside the states of a question: the firm named a day for its answer."""

MOVES: Mapping[QuestionState, frozenset[QuestionState]] = {
    QuestionState.OPEN: frozenset({QuestionState.ANSWERED, QuestionState.WITHDRAWN}),
    QuestionState.ANSWERED: frozenset(),
    QuestionState.WITHDRAWN: frozenset(),
}
