"""What every scanner does, held to by one contract suite (tests/contracts/).

Guarantee: `CLEAN` is said only of bytes that the scanner got whole and answered for; whatever else
happens is one of the other three outcomes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from recalldesk.evidence.states import ScanOutcome


@dataclass(frozen=True)
class Scan:
    """What came of it. `why` is for the log: a signature's name, or what went wrong."""

    outcome: ScanOutcome
    why: str = ""


class Scanner(Protocol):
    """Scans one file at a time."""

    @property
    def name(self) -> str:
        """What the photo's row says it was scanned with."""
        ...

    def answers(self) -> bool:
        """Whether it would scan now, asked within some seconds. Raises nothing."""
        ...

    def scan(self, chunks: Iterable[bytes]) -> Scan:
        """Scans what the chunks give. Raises only what `chunks` raises."""
        ...
