"""Writing by hand: glyph by glyph, each a little turned, slanted, raised, grown and pressed anew.

Guarantee: the text is written whole, in its order, inside the mask that is given back.
"""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from recalldesk.demo.photos.chance import one_of
from recalldesk.demo.photos.fonts import Face, Manner, hands

SHADES = 256
LEAST_FREE = 0.02
"""Between two characters, in parts of their height."""


@dataclass(frozen=True)
class Hand:
    """A person's writing. `height`: of capitals, in pixels; `pen`: how much thicker its strokes are
    than the face's own, in pixels; `haste`: how far each character strays, about 1; `slant`: how
    far the tops lean to the right, in parts of the height; `free`: between characters."""

    face: Face
    height: float
    pen: float
    haste: float
    slant: float
    free: float


def somebodys_hand(draw: random.Random, heights: tuple[float, float], *, held_out: bool) -> Hand:
    """A hand whose capitals are between these heights."""
    face = one_of(draw, hands(held_out=held_out))
    return Hand(
        face,
        height=draw.uniform(*heights),
        pen=draw.uniform(0, 1.5 if face.manner is Manner.MARKER else 4.5),
        haste=draw.uniform(0.5, 1.8),
        slant=draw.uniform(-0.12, 0.2),
        free=draw.uniform(LEAST_FREE, 0.12),
    )


def written(text: str, hand: Hand, draw: random.Random) -> Image.Image:
    """The text as a mask, cut to its ink."""
    height = hand.height
    room = round(height * 1.4)
    width = round(hand.face.at(height).getlength(text) * 1.35 + height * len(text) * 0.2)
    sheet = Image.new("L", (width + 2 * room, round(height * 4)), 0)
    x, base = float(room), height * 2.6
    climb = draw.uniform(-0.02, 0.02) * hand.haste
    wave, phase = draw.uniform(0.01, 0.05) * height * hand.haste, draw.uniform(0, 6.28)
    for character in text:
        grown = height * (1 + draw.uniform(-0.07, 0.07) * hand.haste)
        long = hand.face.at(grown).getlength(character)
        if character != " ":
            y = base + climb * (x - room) + wave * math.sin(phase + x / height / 2)
            y += draw.uniform(-0.04, 0.04) * height * hand.haste
            glyph = _glyph(character, hand, grown, draw)
            middle = x + long / 2
            sheet.paste(255, (round(middle - glyph.width / 2), round(y - glyph.height / 2)), glyph)
        x += long + height * max(hand.free + draw.uniform(-0.03, 0.04) * hand.haste, LEAST_FREE)
    return sheet.crop(sheet.getbbox() or (0, 0, 1, 1))


def _glyph(character: str, hand: Hand, height: float, draw: random.Random) -> Image.Image:
    """One character in a square; its base lies on the middle."""
    side = round(height * 4) // 2 * 2
    square = Image.new("L", (side, side), 0)
    font = hand.face.at(height)
    at = (side / 2 - font.getlength(character) / 2, side / 2)
    ImageDraw.Draw(square).text(
        at, character, fill=255, font=font, anchor="ls", stroke_width=hand.pen
    )
    strayed = square.transform(
        square.size, Image.Transform.AFFINE, _strayed(hand, draw, side / 2, height),
        Image.Resampling.BICUBIC,
    )  # fmt: skip
    pressed = draw.uniform(0.84, 1.0)
    return strayed.filter(ImageFilter.GaussianBlur(0.8)).point(
        [round(shade * pressed) for shade in range(SHADES)]
    )


def _strayed(hand: Hand, draw: random.Random, middle: float, height: float) -> tuple[float, ...]:
    """Back from where a character's ink came to lie to where its face has it: turned, slanted and
    made wider or narrower around its own middle."""
    turn = math.radians(draw.uniform(-5, 5) * hand.haste)
    slant = hand.slant + draw.uniform(-0.05, 0.05) * hand.haste
    wide = 1 + draw.uniform(-0.08, 0.08) * hand.haste
    cos, sin = math.cos(turn), math.sin(turn)
    a, b = cos / wide + slant * -sin, sin / wide + slant * cos
    d, e = -sin, cos
    x, y = middle, middle - height / 2
    return a, b, x - a * x - b * y, d, e, y - d * x - e * y
