"""What goes wrong with waves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recalldesk.foundation.problem import Problem

if TYPE_CHECKING:
    from recalldesk.outreach.waves.lint import WordsFinding


class WaveRefused(Problem):
    """The wave cannot be made, changed or moved like that; nothing was changed."""


class WaveStays(WaveRefused):
    """Nobody writes this wave now, whatever would be said in it."""


class NotKnownAsOurs(WaveRefused):
    """A test to an address or number that neither the staff has nor the recall names."""

    def __init__(self, hint: str = "Tick that it is the firm's own, and no customer's.") -> None:
        super().__init__(
            "Nobody of the staff has this address or number, and the recall does not name it.", hint
        )


class FaultsRefused(WaveRefused):
    """Several things are wrong; `faults` are all of them."""

    def __init__(self, faults: Sequence[Problem]) -> None:
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0].message}{more}", faults[0].hint)
        self.faults = tuple(faults)


class NoSuchWave(Problem):
    """There is no wave of that number."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(
            f"The recall {slug!r} has no wave {number}.",
            f"`recalldesk waves list {slug}` shows them.",
        )


class TextRefused(Problem):
    """The words of a wave cannot be used as they are."""


class WordsRefused(Problem):
    """The words of a wave have errors; `findings` are these."""

    def __init__(self, findings: "Sequence[WordsFinding]") -> None:
        first = findings[0]
        more = f" ({len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{first.message}{more}", first.todo)
        self.findings = tuple(findings)
