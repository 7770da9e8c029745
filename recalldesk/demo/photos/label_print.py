"""What a label says: its lines, signs and bar code as a mask of ink, the size of a unit.

Guarantee: the serial stands whole, once, in one line that fits; a bar code covers nothing.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageChops, ImageDraw

from recalldesk.demo.photos.bar_codes import Symbology, bar_code
from recalldesk.demo.photos.chance import one_of
from recalldesk.demo.photos.fonts import DOT_MATRIX, Face, Manner, label_faces
from recalldesk.demo.photos.scene import Rectangle
from recalldesk.demo.photos.symbols import bin_sign, direct_current, house_sign, square_sign


class Look(StrEnum):
    """How the text came onto the unit."""

    DARK_ON_WHITE = "dark_on_white"
    WHITE_ON_BLACK = "white_on_black"
    ETCHED_PLASTIC = "etched_plastic"
    ETCHED_METAL = "etched_metal"


INKED = (Look.DARK_ON_WHITE, Look.WHITE_ON_BLACK)
UNIT = (1760, 940)
MARGIN = 110
WIDEST = UNIT[0] - 2 * MARGIN - 120
PREFIXES = ("SN: ", "SN:", "S/N: ", "SN ", "S/N ")


@dataclass(frozen=True)
class _Line:
    text: str
    height: float
    face: Face
    is_serial: bool = False


@dataclass
class Print:
    """What is printed: its ink as a mask, where the serial stands in it, and the bar code."""

    mask: Image.Image
    serial: Rectangle = (0, 0, 0, 0)
    bar_code: Rectangle | None = None


def printed(
    serial: str,
    model: str,
    look: Look,
    draw: random.Random,
    *,
    has_bar_code: bool,
    held_out: bool = False,
) -> Print:
    """The print of a label, drawn; on black, dark bars are left free in a white field."""
    made = Print(Image.new("L", UNIT, 0))
    pen = ImageDraw.Draw(made.mask)
    left = MARGIN + draw.uniform(10, 60)
    y = MARGIN + draw.uniform(20, 50)
    for line in _lines(serial, model, look, draw, held_out=held_out):
        box = _write(pen, left, y + line.height, line)
        if line.is_serial:
            made.serial = box
        y += line.height * draw.uniform(1.85, 2.05)
    for number, sign in enumerate((bin_sign, square_sign, house_sign)):
        sign(pen, left + number * 110, y + 10, 84, 255)
    if has_bar_code:
        code, (x, top) = _code_place(serial, look, draw)
        made.mask.paste(code, (x, top))
        made.bar_code = (x, top, x + code.width, top + code.height)
    return made


def _lines(
    serial: str, model: str, look: Look, draw: random.Random, *, held_out: bool
) -> list[_Line]:
    """What the label says, from above."""
    face = one_of(draw, label_faces(held_out=held_out))
    size = draw.uniform(27, 37)
    dotted = draw.random() < 0.2 and look in INKED
    serial_face = DOT_MATRIX if dotted else face
    if face.manner is Manner.STENCIL:
        size *= 1.05
    amps = one_of(draw, ("2A", "2.4A", "3A"))
    said = [
        _Line("Power Bank  (MADE UP)", size * 1.15, face),
        _Line(one_of(draw, ("Model: ", "Model ", "Model No.: ", "MODEL: ")) + model, size, face),
        _Line("Capacity: 10000mAh / 36Wh", size * 0.9, face),
        _Line(f"Input: 5V={amps}", size * 0.9, face),
        _Line(f"Output: 5V={amps}", size * 0.9, face),
    ]
    grown = size * draw.uniform(1.0, 1.3) * (1.15 if dotted else 1.0)
    text = one_of(draw, PREFIXES) + serial
    grown *= min(1.0, WIDEST / serial_face.at(grown).getlength(text))
    said.insert(one_of(draw, (2, 5, 5)), _Line(text, grown, serial_face, is_serial=True))
    said.append(_Line("Example Made-up Co., made for tests only", size * 0.75, face))
    return said


def _write(pen: ImageDraw.ImageDraw, x: float, base: float, line: _Line) -> Rectangle:
    """Writes a line on its base; "=" becomes the sign of direct current."""
    start, height, font = x, line.height, line.face.at(line.height)
    for number, part in enumerate(line.text.split("=")):
        if number:
            direct_current(pen, x + height * 0.3, base, height * 0.9, 255)
            x += height * 1.5
        pen.text((x, base), part, fill=255, font=font, anchor="ls")
        x += pen.textlength(part, font=font)
    return start, base - height, x, base


def _code_place(
    serial: str, look: Look, draw: random.Random
) -> tuple[Image.Image, tuple[int, int]]:
    """The serial as a bar code, and its upper left corner. On black, dark bars are left free in a
    white field."""
    symbology = one_of(draw, tuple(Symbology))
    flat = symbology is Symbology.CODE_128
    code = bar_code(serial, symbology, 110 if flat else 230)
    if look is not Look.WHITE_ON_BLACK:
        code = ImageChops.invert(code)
    x = UNIT[0] - MARGIN - code.width - 30
    y = UNIT[1] - MARGIN - code.height - (20 if flat else 60)
    return code, (x, y)
