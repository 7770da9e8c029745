"""What goes wrong with files for a warehouse or bank."""

from recalldesk.foundation.problem import Problem


class FileNotReady(Problem):
    """The file cannot be handed out as it stands."""


class FileUnknown(Problem):
    """There is no such file."""


class FileNotRead(Problem):
    """A file that came back was not read; nothing of it was taken."""
