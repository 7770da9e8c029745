"""What goes wrong in operating, in words for the person at the keyboard."""

from recalldesk.foundation.problem import Problem


class OperatingProblem(Problem):
    """`message` says what is wrong, `hint` what to do."""


class BackupUnusable(OperatingProblem):
    """A backup is not there, is not whole, or is of another kind."""


class NotEmpty(OperatingProblem):
    """A restore would meet what is there already; nothing was changed."""


class DatabaseNewer(OperatingProblem):
    """The database is of a newer version than the programs."""


class BackupNeeded(OperatingProblem):
    """An upgrade would begin without a backup; nothing was changed."""


class StandInProblem(OperatingProblem):
    """The folder of pages cannot be written; the one that is there was left as it was."""


class StillRunning(OperatingProblem):
    """Programs of the older version are at work; nothing was changed."""
