"""The words of a check that comes in, and of how it is counted."""

from enum import StrEnum

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

    # As the text that it is; an enum's own goes through Python at every look into a table.
    __hash__ = str.__hash__
