"""What goes wrong with what is entered of what is done in public."""

from recalldesk.foundation.problem import Problem


class PublicityRefused(Problem):
    """It cannot be taken as it was said; nothing was kept. `field`: what of it is wrong, if one."""

    def __init__(self, message: str, hint: str = "", *, field: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class LogNotRead(Problem):
    """A log cannot be taken in; nothing of it was kept."""
