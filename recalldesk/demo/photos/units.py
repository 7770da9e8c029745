"""Units seen from straight above: a plastic or metal body with rounded edges and a fine surface."""

import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from recalldesk.demo.photos.chance import bell

Colour = tuple[int, int, int]
OVER = 3
"""Edges are drawn so much larger, and then made small, so that they are smooth."""


def body(
    size: tuple[int, int],
    colour: Colour,
    draw: random.Random,
    *,
    radius: int,
    brushed: bool = False,
) -> Image.Image:
    """A body of this colour as RGBA; `brushed` metal has fine lines along it."""
    width, height = size
    rough = bell(draw, height, 1 if brushed else width)
    strength = 3.0 if brushed else 2.2
    painted = np.array(colour, dtype=np.float32) + (rough * np.float32(strength))[:, :, None]
    painted = np.broadcast_to(painted, (height, width, 3))
    unit = Image.fromarray(np.clip(np.rint(painted), 0, 255).astype(np.uint8))
    mask = rounded(size, radius)
    _round_off(unit, mask)
    unit.putalpha(mask)
    return unit


def rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask of a rectangle with round corners."""
    large = Image.new("L", (size[0] * OVER, size[1] * OVER), 0)
    ImageDraw.Draw(large).rounded_rectangle(
        (0, 0, large.width - 1, large.height - 1), radius * OVER, fill=255
    )
    return large.resize(size, Image.Resampling.BOX)


def _round_off(unit: Image.Image, mask: Image.Image) -> None:
    """Makes the edges darker below and lighter above, as where a surface bends away."""
    inner = mask.filter(ImageFilter.GaussianBlur(14))
    edge = inner.point([max(0, min(150, (200 - v) * 2)) for v in range(256)])
    unit.paste((12, 12, 14), (0, 0), edge.point([v // 2 for v in range(256)]))
    above = Image.new("L", (1, unit.height), 0)
    for row in range(unit.height // 2):
        above.putpixel((0, row), 110 - 220 * row // unit.height)
    light = ImageChops.multiply(edge, above.resize(unit.size))
    unit.paste((235, 236, 240), (0, 0), light)


def brightness(colour: Colour) -> float:
    """How bright a colour looks, from 0 to 255."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def mixed(first: Colour, second: Colour, part: float) -> Colour:
    """`part` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue
