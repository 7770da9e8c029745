"""What goes wrong with calls."""

from recalldesk.foundation.problem import Problem


class CallRefused(Problem):
    """A call cannot be taken, or written down, like that; nothing changed."""


class NoSuchCall(Problem):
    """There is no call of that number."""


class CallSettled(CallRefused):
    """What came of a call was written down before."""
