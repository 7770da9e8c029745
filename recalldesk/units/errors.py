"""What goes wrong with units, in words for the person who asked.

Every error carries a message (what is wrong) and a hint (what to do).
"""

from recalldesk.foundation.problem import Problem


class UnitsError(Problem):
    """Base of the family. `message` says what is wrong, `hint` what to do."""


class ImportRefused(UnitsError):
    """A file was not imported; nothing of it was stored."""


class FileNotReadable(ImportRefused):
    """The file is missing, empty, damaged, or is no text."""


class ColumnsNotClear(ImportRefused):
    """Which column holds the serials cannot be told from the first line."""


class VersionNotDraft(ImportRefused):
    """The version was approved: what it covers cannot change."""


class LinesNotAccountedFor(ImportRefused):
    """The rows read do not add up to the lines counted independently."""


class RangeNotCountable(UnitsError):
    """The units between two ends cannot be counted in the way asked for."""


class PublicationRefused(UnitsError):
    """A version does not go live as it is."""


class AnswerUnavailable(UnitsError):
    """No newest index is at hand, so that "not affected" cannot be said: try again later."""


class SecondLookInvalid(UnitsError):
    """The token of a second look was not made here, or was altered."""
