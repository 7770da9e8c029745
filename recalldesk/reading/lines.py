"""The lines of a photo: found in a smaller copy, cut out of the large one, read one by one.

Guarantee: boxes are in parts of the upright photo, whatever it was turned by.
"""

import math
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


@dataclass(frozen=True)
class CutLine:
    """A line and its pixels, for whoever looks at it again."""

    seen: SeenLine
    pixels: Image.Image


def lines_in(image: Image.Image, *, turn: int, side: int) -> tuple[CutLine, ...]:
    """The lines of the photo turned by so many degrees, found at `side` pixels a side."""
    upright = turned(image, turn)
    small = upright.copy()
    small.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    scale = upright.width / small.width, upright.height / small.height
    found = []
    for box in recogniser().find(small):
        corners = reading_order(scaled(box, scale))
        pixels = cut_out(upright, corners)
        characters = recogniser().read(pixels)
        if is_text(characters):
            parts = scaled(corners, (1 / upright.width, 1 / upright.height))
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
    wide, high = math.dist(first, second), math.dist(first, fourth)
    return (fourth, first, second, third) if high >= TALL * wide else box


def cut_out(image: Image.Image, box: Box) -> Image.Image:
    """The pixels of a box, laid straight."""
    first, second, third, fourth = box
    width = max(1, round(max(math.dist(first, second), math.dist(fourth, third))))
    height = max(1, round(max(math.dist(first, fourth), math.dist(second, third))))
    corners = (*first, *fourth, *third, *second)
    return image.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
