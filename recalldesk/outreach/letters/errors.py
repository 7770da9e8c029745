"""What goes wrong with letters."""

from recalldesk.foundation.problem import Problem


class LettersRefused(Problem):
    """Letters cannot be printed, posted or put back like that; nothing changed."""


class NoSuchLetterFile(Problem):
    """There is no print file of that number."""
