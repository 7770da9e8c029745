"""What goes wrong with a takeover, or with leaving."""

from recalldesk.foundation.problem import Problem


class TakeoverRefused(Problem):
    """What a system before this one wrote is not taken; nothing was changed."""


class LeavingRefused(Problem):
    """A recall is not written out; nothing stands there."""
