"""What goes wrong with the sealed log, in words for the person at the keyboard."""

from recalldesk.foundation.problem import Problem


class LogProblem(Problem):
    """`message` says what is wrong, `hint` what to do."""


class LogKeyUnusable(LogProblem):
    """There is no key to sign heads with, or it is none."""


class HeadUnreadable(LogProblem):
    """A text holds no head of a log, or one that is not whole."""


class NothingSealed(LogProblem):
    """The log has no block yet."""
