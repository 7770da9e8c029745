"""What goes wrong with staff, in words for the person at the keyboard."""


class StaffProblem(Exception):
    """`message` says what is wrong, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class StaffNotAccepted(StaffProblem):
    """The new member of staff cannot be entered as asked."""


class NotProved(StaffProblem):
    """The person is not known, or the password is not theirs."""


class NotPermitted(StaffProblem):
    """The person's role does not allow it."""
