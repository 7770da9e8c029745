"""Writing by hand: glyph by glyph, each a little turned, raised, grown and pressed otherwise.

Guarantee: the text is written whole, in its order, inside the mask that is given back.
"""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from recalldesk.demo.photos.fonts import Face


def written(
    text: str, face: Face, height: float, draw: random.Random, *, pen: float
) -> Image.Image:
    """A mask of the text with capitals `height` pixels high; `pen`: how much thicker its strokes
    are than the face's own, in pixels."""
    room = round(height * 1.2)
    width = round(face.at(height).getlength(text) * 1.35 + height * len(text) * 0.12) + 2 * room
    sheet = Image.new("L", (width, round(height * 3.2)), 0)
    x, base = float(room), height * 2.1
    slope = draw.uniform(-0.02, 0.02)
    wave, phase = draw.uniform(0.01, 0.05) * height, draw.uniform(0, 6.28)
    loose = draw.uniform(0.02, 0.1)
    for character in text:
        grown = height * draw.uniform(0.93, 1.08)
        font = face.at(grown)
        if character != " ":
            y = base + slope * (x - room) + wave * math.sin(phase + x / height / 2)
            y += draw.uniform(-0.04, 0.04) * height
            glyph = _glyph(character, face, grown, draw, pen)
            corner = (round(x - glyph.width / 2 + font.getlength(character) / 2), 0)
            _add(sheet, glyph, (corner[0], round(y - glyph.height / 2)))
        x += font.getlength(character) + height * (loose + draw.uniform(-0.02, 0.05))
    box = sheet.getbbox()
    return sheet.crop(box) if box else sheet


def _glyph(
    character: str, face: Face, height: float, draw: random.Random, pen: float
) -> Image.Image:
    """One character around the middle of a square; its base lies on the middle."""
    side = round(height * 4) // 2 * 2
    square = Image.new("L", (side, side), 0)
    font = face.at(height)
    at = (side / 2 - font.getlength(character) / 2, side / 2)
    ImageDraw.Draw(square).text(at, character, fill=255, font=font, anchor="ls", stroke_width=pen)
    middle = (side / 2, side / 2 - height / 2)
    turned = square.rotate(draw.uniform(-5, 5), Image.Resampling.BICUBIC, center=middle)
    pressed = round(draw.uniform(215, 255))
    return turned.filter(ImageFilter.GaussianBlur(0.8)).point(
        [v * pressed // 255 for v in range(256)]
    )


def _add(sheet: Image.Image, glyph: Image.Image, corner: tuple[int, int]) -> None:
    """Lays a glyph over what is there already; where both are dark, it stays dark."""
    sheet.paste(255, corner, glyph)
