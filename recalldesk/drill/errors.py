"""What keeps a drill from being held, in words for whoever asked for it."""

from recalldesk.foundation.problem import Problem


class DrillRefused(Problem):
    """It is not begun: what was asked for makes no drill, or the machine has no room for one."""


class DrillFailed(Problem):
    """It was begun, and a step of it did not come to its end."""


class NotASandbox(Problem):
    """A program of a drill was started where something real could be touched."""
