"""What goes wrong with enclosed files."""

from enum import StrEnum

from recalldesk.foundation.problem import Problem

MOST_FILES = 10
"""With one report, or one answer."""


class FileProblem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_KNOWN = "not_known"
    TOO_MANY = "too_many"
    NOT_STORED = "not_stored"


_SAID: dict[FileProblem, tuple[str, str]] = {
    FileProblem.EMPTY: ("The file is empty.", "Choose it again."),
    FileProblem.TOO_LARGE: ("The file has more than 10 MB.", "Send a smaller one."),
    FileProblem.NOT_KNOWN: (
        "The file is no PDF, JPEG or PNG.",
        "Send one of these; what counts is what it holds, not its name.",
    ),
    FileProblem.TOO_MANY: (
        "Ten files can be sent with it, and no more.",
        "Put several into one PDF, or send what is missing with another report or answer.",
    ),
    FileProblem.NOT_STORED: (
        "The file cannot be kept: the file store does not answer.",
        "Try again later; `recalldesk doctor` says what is wrong.",
    ),
}


class FileRefused(Problem):
    """A file is not taken; nothing was changed."""

    def __init__(self, kind: FileProblem) -> None:
        super().__init__(*_SAID[kind])
        self.kind = kind


class FileNotShown(Problem):
    """The file cannot be handed out: it is not clean, not there, or not for whoever asks."""

    def __init__(self) -> None:
        super().__init__(
            "This file cannot be handed out.",
            "It is handed out once the scanner found nothing in it.",
        )
