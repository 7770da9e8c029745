"""What goes wrong when the desk decides about an incident. Nothing was changed then."""

from recalldesk.foundation.problem import Problem


class NoSuchIncident(Problem):
    """The desk named an incident, or a part of one, that is not there."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no incident {number}.", "Look for it in the list.")


class NotDecidable(Problem):
    """The incident stands where this cannot be decided."""


class NotAsSeen(Problem):
    """The incident is not any more as whoever acts saw it."""

    def __init__(self) -> None:
        super().__init__(
            "Something changed meanwhile: more was told, or a colleague was faster.",
            "Look at the incident as it stands now, then do it again.",
        )


class NotReported(Problem):
    """What is said of the report to the authority cannot be: `field` says where."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.field = field


class NoReasonGiven(Problem):
    """Something that is decided needs its reason."""

    def __init__(self) -> None:
        super().__init__("Say why.", "It stands sealed in the log.")


class NotJoinable(Problem):
    """The two reports cannot be made one event."""


class NothingTold(Problem):
    """Whoever wants to add something said nothing new."""

    def __init__(self) -> None:
        super().__init__("That says nothing new.", "Write what was learned, or leave the page.")
