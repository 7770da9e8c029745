"""Signs of a rating label, drawn as lines. None is a mark of conformity: those are not to be made
up."""

from PIL import ImageDraw

Ink = int


def bin_sign(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, ink: Ink) -> None:
    """A bin that is crossed out: not for the household's waste."""
    line = max(round(size / 16), 2)
    points = [(0.25, 0.28), (0.33, 0.85), (0.67, 0.85), (0.75, 0.28), (0.2, 0.28), (0.8, 0.28)]
    draw.line([(x + a * size, y + b * size) for a, b in points], fill=ink, width=line)
    for ends in (((0.08, 0.1), (0.92, 0.9)), ((0.92, 0.1), (0.08, 0.9))):
        draw.line([(x + a * size, y + b * size) for a, b in ends], fill=ink, width=line)


def house_sign(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, ink: Ink) -> None:
    """A house: for use indoors."""
    line = max(round(size / 14), 2)
    points = [
        (0.5, 0.12),
        (0.92, 0.5),
        (0.8, 0.5),
        (0.8, 0.88),
        (0.2, 0.88),
        (0.2, 0.5),
        (0.08, 0.5),
    ]
    draw.line([(x + a * size, y + b * size) for a, b in [*points, points[0]]], fill=ink, width=line)


def square_sign(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, ink: Ink) -> None:
    """A square in a square: doubly insulated."""
    line = max(round(size / 14), 2)
    for inset in (0.1, 0.3):
        near, far = inset * size, (1 - inset) * size
        draw.rectangle((x + near, y + near, x + far, y + far), outline=ink, width=line)


def direct_current(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, ink: Ink) -> None:
    """A line over three dashes."""
    line = max(round(size / 10), 2)
    draw.line((x, y - size * 0.62, x + size, y - size * 0.62), fill=ink, width=line)
    for dash in range(3):
        start = x + dash * size * 0.38
        draw.line(
            (start, y - size * 0.3, start + size * 0.24, y - size * 0.3), fill=ink, width=line
        )
