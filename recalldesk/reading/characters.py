"""One character as the recogniser saw it, and a line of them. No pixels, no model: pure values.

Guarantee: `others` holds, for capital letters and digits, how likely each stands there, so that a
doubt is never lost by taking the likeliest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.seen import Box, Line

PRINTED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NEW_LINE = "\n"
"""What stands between two lines where they are read as one text."""


@dataclass(frozen=True)
class SeenCharacter:
    """`confidence` from 0 to 1; `others`: of PRINTED, those that are at all likely; `at`: the place
    of its middle in parts of the line's length; `hidden`: how likely a character stands between
    it and the one before that was not read."""

    character: str
    confidence: float
    others: Mapping[str, float]
    at: float = 0.0
    hidden: float = 0.0

    @property
    def printed(self) -> str:
        """The capital letter or digit that it is, or an empty text."""
        printed = as_printed(normalise(self.character))
        return printed if len(printed) == 1 and printed in PRINTED else ""


@dataclass(frozen=True)
class SeenLine:
    """A line: its characters, spaces among them, and where it stands in the upright photo."""

    characters: tuple[SeenCharacter, ...]
    box: Box
    turn: int = 0

    @property
    def text(self) -> str:
        """The line as text."""
        return "".join(seen.character for seen in self.characters)

    def as_line(self) -> Line:
        """What is told of it."""
        sure = tuple(round(seen.confidence, 4) for seen in self.characters)
        return Line(self.text, mean(sure), sure, self.box, self.turn)


def mean(values: Sequence[float]) -> float:
    """The mean, or 0 of none."""
    return round(sum(values) / len(values), 4) if values else 0.0
