"""Why a mail or text message did not leave. Words of ours only: a server's may hold the address."""

from recalldesk.foundation.problem import Problem
from recalldesk.jobs.errors import NotYet
from recalldesk.mailing.states import SendError


class Refused(Problem):
    """It will never be taken; `error` says why."""

    def __init__(self, error: SendError) -> None:
        super().__init__(f"{error.label}.")
        self.error = error


class NotSentYet(NotYet):
    """It may be taken later; `error` says why not now."""

    def __init__(self, error: SendError) -> None:
        super().__init__(f"{error.label}.", "It is tried again by itself.")
        self.error = error
