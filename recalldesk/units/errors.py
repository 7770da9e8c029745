"""What goes wrong with units, in words for the person who asked.

Every error carries a message (what is wrong) and a hint (what to do).
"""


class UnitsError(Exception):
    """Base of the family. `message` says what is wrong, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


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
