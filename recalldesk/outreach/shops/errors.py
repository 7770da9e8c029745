"""What goes wrong where a shop tells its customers itself."""

from recalldesk.foundation.problem import Problem


class TellingRefused(Problem):
    """A shop cannot be asked, or its answer taken, like that; nothing changed."""


class NoSuchTelling(Problem):
    """There is no such list for a shop."""
