"""What goes wrong with letters."""

from recalldesk.foundation.problem import Problem


class LettersRefused(Problem):
    """Letters cannot be printed, posted or put back like that; nothing changed."""


class LetterTooLong(LettersRefused):
    """The words of a letter do not fit on its page."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The letter {reference} does not fit on one page.",
            "Shorten the text of letters in its language.",
        )


class NoSuchLetterFile(Problem):
    """There is no print file of that number."""
