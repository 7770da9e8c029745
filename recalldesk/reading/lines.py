"""The lines of a photo: found in a smaller copy, cut out of the large one, read one by one.

Guarantees: boxes are in parts of the upright photo, whatever it was turned by; each turn comes
once, the one in which a few lines read best first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from recalldesk.reading.characters import SeenCharacter, SeenLine, mean
from recalldesk.reading.recogniser import recogniser
from recalldesk.reading.seen import Box, Point
from recalldesk.reading.turning import box_of, turned

TALL = 1.5
"""A box so many times as high as wide holds text that stands upright."""
LEAST_MEAN = 0.3
"""A line that is read with less is none."""
MOST_LINES = 150
"""The longest of a photo; a page of small print would take minutes."""
SAMPLE = 4
"""Lines, the longest, by which the turn is judged."""


@dataclass(frozen=True)
class CutLine:
    """A line and its pixels, for whoever looks at it again."""

    seen: SeenLine
    pixels: Image.Image


@dataclass(frozen=True)
class TurnedLines:
    """What is read with the photo turned by so many degrees."""

    turn: int
    lines: tuple[CutLine, ...]

    @property
    def seen(self) -> tuple[SeenLine, ...]:
        """The lines without their pixels."""
        return tuple(line.seen for line in self.lines)


def lines_by_turn(image: Image.Image, *, side: int) -> Iterator[TurnedLines]:
    """The lines at each of the four turns, read as they are asked for. Lines are found at `side`
    pixels a side."""
    upright = _boxes(image, side)
    is_quarter = _is_tall(upright)
    for quarter in (is_quarter, not is_quarter):
        axis = 90 if quarter else 0
        standing = turned(image, axis)
        boxes = _boxes(standing, side) if quarter else upright
        flipped = tuple(_flipped(box, standing) for box in boxes)
        both = [(axis, standing, boxes), (axis + 180, turned(standing, 180), flipped)]
        if _reads_better(both[1][1], flipped, than=standing, boxes=boxes):
            both.reverse()
        for turn, picture, found in both:
            yield TurnedLines(turn, _read(picture, found, turn))


def _boxes(image: Image.Image, side: int) -> tuple[Box, ...]:
    """The lines' boxes in pixels of the image."""
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    scale = image.width / small.width, image.height / small.height
    found = [scaled(box, scale) for box in recogniser().find(small)]
    length = sorted((max(_wide(box), _high(box)) for box in found), reverse=True)
    least = length[MOST_LINES - 1] if len(length) >= MOST_LINES else 0.0
    return tuple(box for box in found if max(_wide(box), _high(box)) >= least)


def _is_tall(boxes: Sequence[Box]) -> bool:
    """Whether most of the text runs up or down."""
    tall = sum(_high(box) for box in boxes if _high(box) >= TALL * _wide(box))
    return tall > sum(_wide(box) for box in boxes if _high(box) < TALL * _wide(box))


def _reads_better(
    image: Image.Image, turned_boxes: Sequence[Box], *, than: Image.Image, boxes: Sequence[Box]
) -> bool:
    """Whether the longest lines read more surely in the first image than in the other."""
    longest = sorted(range(len(boxes)), key=lambda place: -_wide(boxes[place]))[:SAMPLE]
    return _clarity(image, [turned_boxes[place] for place in longest]) > _clarity(
        than, [boxes[place] for place in longest]
    )


def _clarity(image: Image.Image, boxes: Sequence[Box]) -> float:
    """How much is read, and how surely."""
    lines = (recogniser().read(cut_out(image, reading_order(box))) for box in boxes)
    return sum(sum(seen.confidence**4 for seen in line) for line in lines)


def _read(image: Image.Image, boxes: Sequence[Box], turn: int) -> tuple[CutLine, ...]:
    found = []
    for box in boxes:
        corners = reading_order(box)
        pixels = cut_out(image, corners)
        characters = recogniser().read(pixels)
        if is_text(characters):
            parts = scaled(corners, (1 / image.width, 1 / image.height))
            found.append(CutLine(SeenLine(characters, box_of(parts, turn), turn), pixels))
    return tuple(found)


def is_text(characters: tuple[SeenCharacter, ...]) -> bool:
    """Whether anything was read that is worth telling."""
    printed = [seen.confidence for seen in characters if not seen.character.isspace()]
    return bool(printed) and mean(printed) >= LEAST_MEAN


def scaled(box: Box, by: Point) -> Box:
    """The box with its sides multiplied."""
    first, second, third, fourth = ((x * by[0], y * by[1]) for x, y in box)
    return first, second, third, fourth


def reading_order(box: Box) -> Box:
    """A tall box from the corner at which its text begins if it runs upwards."""
    first, second, third, fourth = box
    return (fourth, first, second, third) if _high(box) >= TALL * _wide(box) else box


def cut_out(image: Image.Image, box: Box) -> Image.Image:
    """The pixels of a box, laid straight."""
    first, second, third, fourth = box
    width = max(1, round(max(math.dist(first, second), math.dist(fourth, third))))
    height = max(1, round(max(math.dist(first, fourth), math.dist(second, third))))
    corners = (*first, *fourth, *third, *second)
    return image.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def _flipped(box: Box, image: Image.Image) -> Box:
    """The box in the image turned upside down."""
    first, second, third, fourth = ((image.width - x, image.height - y) for x, y in box)
    return third, fourth, first, second


def _wide(box: Box) -> float:
    return math.dist(box[0], box[1])


def _high(box: Box) -> float:
    return math.dist(box[0], box[3])
