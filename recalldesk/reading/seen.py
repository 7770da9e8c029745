"""What was seen in a photo: lines of text, bar codes, and what they were taken for.

Guarantees: a confidence lies from 0 to 1; a place counts from 0 in the text beside it; a box is
given in parts of the upright photo's width and height, so that it fits the photo in any size.
"""

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
"""Four corners, clockwise from the one at the text's upper left."""


class Source(StrEnum):
    """How a text was read."""

    PRINT = "print"
    BAR_CODE = "bar_code"


@dataclass(frozen=True)
class Line:
    """A line of text as it was read. `turn`: by how many degrees the photo was turned for it,
    clockwise. `of_characters`: how sure each character of `text` is."""

    text: str
    confidence: float
    of_characters: tuple[float, ...]
    box: Box
    turn: int = 0


@dataclass(frozen=True)
class BarCode:
    """A bar code, and the name of its symbology."""

    text: str
    symbology: str
    box: Box


@dataclass(frozen=True)
class SerialCandidate:
    """A text that may be the serial: normalised, not folded. `doubtful`: the places at which it
    may be another character. Whoever takes a candidate at its word must leave none of these open.
    """

    text: str
    confidence: float
    of_characters: tuple[float, ...]
    doubtful: tuple[int, ...]
    source: Source
    box: Box


@dataclass(frozen=True)
class LabelReading:
    """A label: `model` as a product's form names it, or empty; candidates, the likeliest first."""

    model: str = ""
    candidates: tuple[SerialCandidate, ...] = ()
    bar_codes: tuple[BarCode, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One thing that was to be written. `score` is from 0 to 1; `is_verified` is the engine's word
    that it stands there."""

    score: float
    is_verified: bool


@dataclass(frozen=True)
class MarkingReading:
    """A marking: each thing that was asked, None where it was not; and all lines that were read."""

    word: Mark | None = None
    code: Mark | None = None
    name: Mark | None = None
    date: Mark | None = None
    lines: tuple[Line, ...] = ()
