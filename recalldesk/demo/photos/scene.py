"""A unit that lies on a desk, seen by a phone: where its corners come to lie, and its light.

Guarantee: what was drawn on the unit stays wholly inside the frame. Corners are (x, y) in pixels,
clockwise from the upper left.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from recalldesk.demo.photos.chance import bell, chance, one_of
from recalldesk.demo.photos.conditions import (
    Condition,
    lived_through,
    turn_of,
    turned,
)

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
Rectangle = tuple[float, float, float, float]
FRAME = (2048, 1536)
DESKS = (
    ((196, 164, 124), 0.5),
    ((124, 92, 66), 0.5),
    ((206, 203, 197), 0.06),
    ((92, 96, 101), 0.1),
    ((150, 160, 168), 0.06),
    ((226, 222, 212), 0.04),
)


@dataclass(frozen=True)
class Drawn:
    """A photo, and where its text lies in it: corners in pixels of the photo."""

    image: Image.Image
    text: Corners


def photographed(unit: Image.Image, text: Rectangle, condition: Condition, *seed: object) -> Drawn:
    """A photo of `unit` (RGBA, seen from straight above), on which `text` matters. The desk and its
    light depend on the seed alone, all else on the condition too."""
    desk, camera = chance(*seed, "desk"), chance(*seed, condition)
    corners = _corners(unit.size, condition, camera)
    picture = _desk(desk)
    unit, scale = _shrunk(unit, corners)
    seen = unit.transform(
        FRAME, Image.Transform.PERSPECTIVE, _coefficients(corners, unit.size),
        Image.Resampling.BICUBIC,
    )  # fmt: skip
    _lay(picture, seen, desk)
    picture = _lit(picture, desk)
    where = tuple(_through(corners, _parts(point, unit.size, scale)) for point in _points(text))
    middle = (sum(p[0] for p in where) / 4, sum(p[1] for p in where) / 4)
    picture = lived_through(picture, condition, camera, middle)
    turn = turn_of(condition, camera)
    a, b, c, d = (_turned_point(point, turn) for point in where)
    return Drawn(turned(picture, turn), (a, b, c, d))


def _points(box: Rectangle) -> Corners:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _parts(point: Point, size: tuple[int, int], scale: float) -> Point:
    return point[0] * scale / size[0], point[1] * scale / size[1]


def _turned_point(point: Point, degrees: int) -> Point:
    (x, y), (width, height) = point, FRAME
    return {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[
        degrees
    ]


def _corners(size: tuple[int, int], condition: Condition, draw: random.Random) -> Corners:
    """Where the unit's corners lie in the frame."""
    fill = draw.uniform(0.78, 0.92)
    angle = draw.uniform(-2.5, 2.5)
    lean = draw.uniform(0.0, 0.03)
    if condition is Condition.TILT:
        angle = draw.uniform(9, 18) * one_of(draw, (-1, 1))
    elif condition is Condition.PERSPECTIVE:
        lean = draw.uniform(0.14, 0.22)
    elif condition is Condition.SMALL:
        fill = draw.uniform(0.38, 0.46)
    elif condition is Condition.ALL_AT_ONCE:
        angle, lean = draw.uniform(-7, 7), draw.uniform(0.05, 0.1)
        fill = draw.uniform(0.66, 0.76)
    leaning = _leaning(size, lean, draw)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    spun = [(x * cos - y * sin, x * sin + y * cos) for x, y in leaning]
    wide = max(x for x, _ in spun) - min(x for x, _ in spun)
    high = max(y for _, y in spun) - min(y for _, y in spun)
    scale = min(fill * FRAME[0] / wide, (fill + 0.06) * FRAME[1] / high)
    spare_x, spare_y = FRAME[0] - wide * scale, FRAME[1] - high * scale
    left = spare_x * draw.uniform(0.4, 0.6) - min(x for x, _ in spun) * scale
    top = spare_y * draw.uniform(0.4, 0.6) - min(y for _, y in spun) * scale
    a, b, c, d = ((x * scale + left, y * scale + top) for x, y in spun)
    return a, b, c, d


def _leaning(size: tuple[int, int], lean: float, draw: random.Random) -> list[Point]:
    """The unit's rectangle seen from a side: one edge is farther away, and so shorter."""
    width, height = size
    far, side = lean * width / 2, one_of(draw, ("top", "bottom", "left", "right"))
    squeeze = 1 - lean * 0.8
    if side in ("left", "right"):
        shift = lean * height / 2
        left, right = (shift, 0.0) if side == "left" else (0.0, shift)
        wide = width * squeeze
        return [(0, left), (wide, right), (wide, height - right), (0, height - left)]
    top, bottom = (far, 0.0) if side == "top" else (0.0, far)
    high = height * squeeze
    return [(top, 0), (width - top, 0), (width - bottom, high), (bottom, high)]


def _shrunk(unit: Image.Image, corners: Corners) -> tuple[Image.Image, float]:
    """The unit made as small as it is seen, so that fine print is not lost between pixels."""
    seen = max(math.dist(corners[0], corners[1]), math.dist(corners[3], corners[2]))
    scale = min(1.0, seen / unit.width)
    if scale > 0.97:
        return unit, 1.0
    size = (round(unit.width * scale), round(unit.height * scale))
    return unit.resize(size, Image.Resampling.LANCZOS), size[0] / unit.width


def _square_to(corners: Corners) -> tuple[float, ...]:
    """The projection of the unit square onto four corners: a, b, c, d, e, f, g, h."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    under = dx1 * dy2 - dx2 * dy1
    g, h = (dx3 * dy2 - dx2 * dy3) / under, (dx1 * dy3 - dx3 * dy1) / under
    return (
        x1 - x0 + g * x1, x3 - x0 + h * x3, x0,
        y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h,
    )  # fmt: skip


def _through(corners: Corners, part: Point) -> Point:
    """Where a point of the unit, in parts of its size, comes to lie in the frame."""
    a, b, c, d, e, f, g, h = _square_to(corners)
    u, v = part
    under = g * u + h * v + 1
    return (a * u + b * v + c) / under, (d * u + e * v + f) / under


def _coefficients(corners: Corners, size: tuple[int, int]) -> tuple[float, ...]:
    """What Pillow needs: from a pixel of the frame back to one of the unit."""
    a, b, c, d, e, f, g, h = _square_to(corners)
    back = (
        e - f * h, c * h - b, b * f - c * e,
        f * g - d, a - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
    wide, high = size
    scaled = [v * wide for v in back[:3]] + [v * high for v in back[3:6]] + list(back[6:])
    return tuple(value / back[8] for value in scaled[:8])


def _desk(draw: random.Random) -> Image.Image:
    """A desk: a colour, with grain where it is of wood."""
    colour, grain = one_of(draw, DESKS)
    rough = bell(draw, 200, 12) if grain > 0.3 else bell(draw, 24, 32)
    fibre = Image.fromarray(np.clip(128 + rough * 30, 0, 255).astype(np.uint8))
    fibre = fibre.resize(FRAME, Image.Resampling.BICUBIC)
    shades = [
        [min(255, max(0, round(level + (v - 128) * grain))) for v in range(256)] for level in colour
    ]
    return Image.merge("RGB", [fibre.point(shade) for shade in shades])


def _lay(picture: Image.Image, seen: Image.Image, draw: random.Random) -> None:
    """Lays the unit on the desk, with its shadow."""
    mask = seen.getchannel("A")
    small = mask.resize((FRAME[0] // 4, FRAME[1] // 4)).filter(ImageFilter.GaussianBlur(6))
    shadow = small.resize(FRAME, Image.Resampling.BILINEAR).point([v * 3 // 5 for v in range(256)])
    offset = (round(draw.uniform(-26, 26)), round(draw.uniform(8, 30)))
    picture.paste((18, 16, 14), offset, shadow)
    picture.paste(seen.convert("RGB"), (0, 0), mask)


def _lit(picture: Image.Image, draw: random.Random) -> Image.Image:
    """Uneven light over the whole frame."""
    rough = bell(draw, 3, 4) * np.float32(9)
    tilt = np.linspace(-1, 1, 4, dtype=np.float32)[None, :] * np.float32(draw.uniform(-16, 16))
    level = np.clip(240 + rough + tilt, 150, 255).astype(np.uint8)
    light = Image.fromarray(level).resize(FRAME, Image.Resampling.BICUBIC)
    return ImageChops.multiply(picture, Image.merge("RGB", [light] * 3))
