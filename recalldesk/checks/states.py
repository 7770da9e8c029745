"""The words of a check that comes in, of how it is counted, and of its second look by photo."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices

from recalldesk.units.verdict.answer import Verdict

UNANSWERED = "unanswered"
"""Counted in place of a verdict where "try again later" was all that could be said."""
COUNTED_AS = (*(verdict.value for verdict in Verdict), UNANSWERED)


class Source(StrEnum):
    """Through which door a serial was asked about."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    BATCH = "batch"
    SCANNER = "scanner"
    PHOTO = "photo"
    PHONE = "phone"
    FRAME = "frame"

    # As the text that it is; an enum's own goes through Python at every look into a table.
    __hash__ = str.__hash__


class LookState(TextChoices):
    """Where a second look by photo stands. What has ended holds nothing any more."""

    WAITING = "waiting", "Its photo waits to be read"
    READ = "read", "Read, and not answered yet"
    ANSWERED = "answered", "Answered"
    ENDED = "ended", "Over"


LOOK_MOVES: Mapping[LookState, frozenset[LookState]] = {
    LookState.WAITING: frozenset({LookState.READ, LookState.ENDED}),
    LookState.READ: frozenset({LookState.ANSWERED, LookState.ENDED}),
    LookState.ANSWERED: frozenset({LookState.READ, LookState.ENDED}),
    LookState.ENDED: frozenset(),
}
"""Back from `ANSWERED` to `READ` goes one whose owner typed another text."""
