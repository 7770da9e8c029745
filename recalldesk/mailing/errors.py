"""Why a mail or text message did not leave. Words of ours only: a server's may hold the address."""

from datetime import timedelta

from recalldesk.foundation.problem import Problem
from recalldesk.jobs.errors import NotYet
from recalldesk.mailing.states import SendError


class Refused(Problem):
    """It will never be taken; `error` says why. `reaches_nobody`: the server says so of the address
    itself, whatever is sent to it; `is_stopped`: its owner wants none of these."""

    def __init__(
        self, error: SendError, *, reaches_nobody: bool = False, is_stopped: bool = False
    ) -> None:
        super().__init__(f"{error.label}.")
        self.error = error
        self.reaches_nobody = reaches_nobody
        self.is_stopped = is_stopped


class NotSentYet(NotYet):
    """It may be taken later; `error` says why not now. `may_have_left`: nobody knows whether it was
    taken all the same. `wait`: so long the server asks to be left alone."""

    def __init__(
        self, error: SendError, *, may_have_left: bool = False, wait: timedelta | None = None
    ) -> None:
        super().__init__(f"{error.label}.", "It is tried again by itself.")
        self.error = error
        self.may_have_left = may_have_left
        self.wait = wait


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
