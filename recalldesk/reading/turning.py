"""Photos turned by quarters, and boxes turned back.

Guarantee: a point that is turned with its photo and turned back is the point that it was.
"""

from PIL import Image

from recalldesk.reading.seen import Box, Point

TRANSPOSED = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, turn: int) -> Image.Image:
    """The image turned clockwise by so many degrees."""
    return image.transpose(TRANSPOSED[turn]) if turn else image


def turned_back(point: Point, turn: int) -> Point:
    """Where a point of the turned photo stands in the upright one, both in parts of the sides."""
    x, y = point
    return {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[turn]


def box_of(corners: Box, turn: int) -> Box:
    """The corners in the upright photo, rounded; still from the text's upper left on."""
    first, second, third, fourth = (
        (round(x, 4), round(y, 4)) for x, y in (turned_back(corner, turn) for corner in corners)
    )
    return first, second, third, fourth
