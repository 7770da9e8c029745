"""A part of a photo, cut out and turned upright by the browser: the photo itself stays as it is.

Guarantee: no style attribute; the address is escaped.
"""

import math
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

Box = tuple[tuple[float, float], ...]
"""Four corners in parts of width and height, clockwise from the upper left of the text."""
MARGIN = 0.8
"""Around the text, in heights of it."""


@dataclass(frozen=True)
class Crop:
    """`view_box` and what stands inside of the <svg>."""

    view_box: str
    markup: SafeString


def cropped(url: str, width: int, height: int, box: Box, *, margin: float = MARGIN) -> Crop:
    """The box of a photo of so many pixels, with `margin` heights of it around it."""
    corners = [(x * width, y * height) for x, y in box]
    first, second, third, _ = corners
    middle_x, middle_y = (sum(each) / len(corners) for each in zip(*corners, strict=True))
    wide, high = math.dist(first, second), math.dist(second, third)
    turn = math.degrees(math.atan2(second[1] - first[1], second[0] - first[0]))
    around = margin * high
    view = (middle_x - wide / 2 - around, middle_y - high / 2 - around)
    size = (max(wide + 2 * around, 1), max(high + 2 * around, 1))
    markup = format_html(
        '<image href="{}" width="{}" height="{}" transform="rotate({} {} {})"/>',
        url,
        width,
        height,
        f"{-turn:.2f}",
        f"{middle_x:.1f}",
        f"{middle_y:.1f}",
    )
    return Crop(" ".join(f"{number:.1f}" for number in (*view, *size)), markup)
