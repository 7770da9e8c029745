"""What goes wrong with waves."""

from recalldesk.foundation.problem import Problem


class WaveRefused(Problem):
    """The wave cannot be made, changed or moved like that; nothing was changed."""


class NoSuchWave(Problem):
    """There is no wave of that number."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(
            f"The recall {slug!r} has no wave {number}.",
            f"`recalldesk waves list {slug}` shows them.",
        )


class TextRefused(Problem):
    """The words of a wave cannot be used as they are."""
