"""Reads a photo of a marked unit and holds it against what was to be written.

Guarantee: the photo is turned until the code is verified or no turn is left; every line that was
read is told, so that a name given later needs no second reading (`marks_in`).
"""

from PIL import Image

from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.lines import lines_by_turn
from recalldesk.reading.marks import marks_in
from recalldesk.reading.seen import Line, Mark, MarkingReading

__all__ = ["marks_in", "verify_marking"]

SIDE = 1024
"""Pixels of the longer side."""


def verify_marking(image: Image.Image, expected: ExpectedMarking) -> MarkingReading:
    """What of the expected stands in the photo; with nothing expected, what is read upright."""
    small = image.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    lines: tuple[Line, ...] = ()
    reading = MarkingReading()
    for found in lines_by_turn(small, side=SIDE):
        lines += tuple(line.as_line() for line in found.seen)
        reading = marks_in(lines, expected)
        if is_enough(reading):
            break
    return reading


def is_enough(reading: MarkingReading) -> bool:
    """Whether another turn could tell nothing that is still wanted."""
    if reading.code is not None:
        return reading.code.is_verified
    asked: tuple[Mark | None, ...] = (reading.word, reading.date, reading.name)
    return all(mark is None or mark.is_verified for mark in asked)
