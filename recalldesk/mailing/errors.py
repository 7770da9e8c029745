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


class NotAReport(Problem):
    """What came is no report of a mail server."""

    def __init__(self) -> None:
        super().__init__(
            "This is no report of a mail that came back, and a machine reads this address.",
            "Write to the address for replies of the letter that you got.",
        )


class NotOurMail(Problem):
    """A report, of a mail that was not sent from here."""

    def __init__(self) -> None:
        super().__init__(
            "This report names no mail of ours.", "Let a person read it: nothing was changed."
        )
