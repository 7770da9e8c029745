"""What goes wrong with remedies."""

from recalldesk.foundation.problem import Problem


class RemedyGiven(Problem):
    """The unit has an effective remedy; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "This unit has a remedy already.", "Another one takes two people with a reason."
        )


class NotOrderable(Problem):
    """The remedy cannot be ordered as things stand; nothing was changed."""


class OverBudget(Problem):
    """The day's budget of the recall is used up; the remedy waits."""

    def __init__(self) -> None:
        super().__init__(
            "The day's budget of this recall is used up.",
            "Two people can release more; otherwise it is ordered tomorrow.",
        )


class ProviderSilent(Problem):
    """A provider did not say what it did: nothing can be concluded from what is missing."""


class ProviderUnknown(Problem):
    """A remedy names a provider that is not configured."""


class NoCode(Problem):
    """There is no gift code to be shown for the remedy."""

    def __init__(self) -> None:
        super().__init__("There is no code to be shown.", "Write to the desk: a person looks.")


class PoolUnknown(Problem):
    """A command names a pool of gift codes that is not there."""


class CodesRefused(Problem):
    """A file of gift codes is not taken; nothing was stored."""


class CorrectionRefused(Problem):
    """A report of what others corrected, or a file of them, is not taken; nothing was changed."""


class AlreadyReported(CorrectionRefused):
    """A unit is reported already; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "This unit is reported already.", "Take that report back first, where it is wrong."
        )
