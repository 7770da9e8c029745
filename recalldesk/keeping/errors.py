"""What can go wrong with keeping: each problem says what happened and what to do about it."""

from recalldesk.foundation.problem import Problem


class KeepingProblem(Problem):
    """Something about terms, holds or erasures that a person must mend."""


class NoSuchThing(KeepingProblem):
    """What was named is not there."""


class TermRefused(KeepingProblem):
    """The term is shorter or longer than it may be, or names something that is not."""


class NotNoted(KeepingProblem):
    """The journal outside the database does not take it."""


class HoldRefused(KeepingProblem):
    """The hold cannot be placed or lifted as asked."""


class ErasureRefused(KeepingProblem):
    """Nothing is erased before its day as asked."""
