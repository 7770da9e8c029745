"""What may be read on a label, for tests: made up, with no photo and no engine."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from recalldesk.reading.seen import BarCode, Box, LabelReading, Line, SerialCandidate, Source

BOX: Box = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.2), (0.1, 0.2))


def candidate(
    text: str, doubtful: Iterable[int] = (), source: Source = Source.PRINT
) -> SerialCandidate:
    """A text that may be the serial; `doubtful` counts places from 0."""
    unsure = tuple(sorted(set(doubtful)))
    sure = tuple(0.6 if place in unsure else 0.99 for place in range(len(text)))
    return SerialCandidate(text, 0.95, sure, unsure, source, BOX)


def line(text: str) -> Line:
    """A line of print."""
    return Line(text, 0.95, (0.95,) * len(text), BOX)


def code(text: str, symbology: str = "Code128") -> BarCode:
    """A bar code."""
    return BarCode(text, symbology, BOX)


def label(
    *candidates: SerialCandidate,
    lines: Sequence[str] | None = None,
    codes: Sequence[BarCode] = (),
    model: str = "",
) -> LabelReading:
    """A label; its lines are those of the candidates in print where none are given."""
    printed = [f"SN: {c.text}" for c in candidates if c.source is Source.PRINT]
    read = printed if lines is None else lines
    return LabelReading(model, candidates, tuple(codes), tuple(map(line, read)))


def wrong_places(read: str, printed: str) -> set[int]:
    """The places of `read` at which a character stands that is not the one printed."""
    wrong: set[int] = set()
    matcher = SequenceMatcher(None, read, printed, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind != "equal":
            wrong.update(range(start, end))
    return wrong
