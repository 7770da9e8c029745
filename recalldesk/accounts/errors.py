"""What goes wrong with staff and keys, in words for the person at the keyboard."""

from recalldesk.foundation.problem import Problem


class StaffProblem(Problem):
    """`message` says what is wrong, `hint` what to do."""


class StaffNotAccepted(StaffProblem):
    """The new member of staff cannot be entered as asked."""


class NotProved(StaffProblem):
    """The person is not known, or the password is not theirs."""


class NotPermitted(StaffProblem):
    """The person's role does not allow it."""


class InvitationNotGood(StaffProblem):
    """The invitation is unknown, used, revoked or too old; which of them is told to nobody."""


class ApiKeyProblem(StaffProblem):
    """A partner's key cannot be given or revoked as asked."""


class KeyMayNot(Problem):
    """A partner's key does not hold the right that is needed."""
