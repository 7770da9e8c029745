"""Photos of labels: what a power bank's underside says, printed or etched, with its serial.

Guarantee: the serial stands whole and once in the picture, as given; a photo is the same each time
for the same arguments, whatever else was drawn before.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from recalldesk.demo.photos.bar_codes import Symbology, bar_code
from recalldesk.demo.photos.chance import chance, one_of
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.fonts import DOT_MATRIX, Face, Manner, label_faces
from recalldesk.demo.photos.scene import Drawn, Rectangle, photographed
from recalldesk.demo.photos.symbols import bin_sign, direct_current, house_sign, square_sign
from recalldesk.demo.photos.units import Colour, body, brightness, mixed, rounded


class Look(StrEnum):
    """How the text came onto the unit."""

    DARK_ON_WHITE = "dark_on_white"
    WHITE_ON_BLACK = "white_on_black"
    ETCHED_PLASTIC = "etched_plastic"
    ETCHED_METAL = "etched_metal"


INKED = (Look.DARK_ON_WHITE, Look.WHITE_ON_BLACK)
UNIT = (1760, 940)
MARGIN = 110
PREFIXES = ("SN: ", "SN:", "S/N: ", "SN ", "S/N ")
BODIES: tuple[Colour, ...] = ((38, 38, 42), (47, 93, 155), (166, 42, 48), (226, 223, 216))
METALS: tuple[Colour, ...] = ((172, 174, 178), (112, 114, 120), (142, 136, 128))
PLASTICS: tuple[Colour, ...] = ((44, 44, 48), (70, 72, 76), (214, 212, 206), (58, 84, 128))


@dataclass(frozen=True)
class _Line:
    text: str
    height: float
    face: Face
    is_serial: bool = False


@dataclass
class _Print:
    """What is printed: its ink as a mask, and where the serial stands in it."""

    mask: Image.Image
    serial: Rectangle = (0, 0, 0, 0)


def draw_label(
    serial: str,
    model: str,
    seed: int,
    condition: Condition = Condition.CLEAN,
    *,
    look: Look | None = None,
    has_bar_code: bool | None = None,
    held_out: bool = False,
) -> Image.Image:
    """A photo of a label. `look` and `has_bar_code` are drawn from the seed where None: half of the
    seeds (the odd ones) have a bar code. `held_out`: in faces that tuning never sees."""
    return photograph_label(
        serial, model, seed, condition, look=look, has_bar_code=has_bar_code, held_out=held_out
    ).image


def photograph_label(
    serial: str,
    model: str,
    seed: int,
    condition: Condition = Condition.CLEAN,
    *,
    look: Look | None = None,
    has_bar_code: bool | None = None,
    held_out: bool = False,
) -> Drawn:
    """As draw_label, with the corners of the serial's line."""
    draw = chance("label", seed)
    chosen = one_of(draw, tuple(Look))
    if has_bar_code is None:
        has_bar_code = seed % 2 == 1
    look = look or chosen
    printed = _printed(_lines(serial, model, look, draw, held_out=held_out), draw)
    if has_bar_code:
        _add_bar_code(printed, serial, look, draw)
    unit = _onto_unit(printed, look, draw)
    return photographed(unit, printed.serial, condition, chance("label", seed, condition))


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
    grown = size * draw.uniform(1.0, 1.3)
    if dotted:
        grown *= 1.15
    at = one_of(draw, (2, 5, 5))
    said.insert(at, _Line(one_of(draw, PREFIXES) + serial, grown, serial_face, is_serial=True))
    said.append(_Line("Example Made-up Co., made for tests only", size * 0.75, face))
    return said


def _printed(lines: list[_Line], draw: random.Random) -> _Print:
    printed = _Print(Image.new("L", UNIT, 0))
    pen = ImageDraw.Draw(printed.mask)
    left = MARGIN + draw.uniform(10, 60)
    y = MARGIN + draw.uniform(20, 50)
    for line in lines:
        font = line.face.at(line.height)
        box = _write(pen, left, y + line.height, line.text, font, line.height)
        if line.is_serial:
            printed.serial = box
        y += line.height * draw.uniform(1.85, 2.05)
    for number, sign in enumerate((bin_sign, square_sign, house_sign)):
        sign(pen, left + number * 110, y + 10, 84, 255)
    return printed


def _write(
    pen: ImageDraw.ImageDraw,
    x: float,
    base: float,
    text: str,
    font: ImageFont.FreeTypeFont,
    height: float,
) -> Rectangle:
    """Writes a line on its base; "=" becomes the sign of direct current."""
    start = x
    parts = text.split("=")
    for number, part in enumerate(parts):
        if number:
            direct_current(pen, x + height * 0.3, base, height * 0.9, 255)
            x += height * 1.5
        pen.text((x, base), part, fill=255, font=font, anchor="ls")
        x += pen.textlength(part, font=font)
    return start, base - height, x, base


def _add_bar_code(printed: _Print, serial: str, look: Look, draw: random.Random) -> None:
    """Adds the serial as a bar code; on black, dark bars are left free in a white field."""
    symbology = one_of(draw, tuple(Symbology))
    flat = symbology is Symbology.CODE_128
    code = bar_code(serial, symbology, 110 if flat else 230)
    if look is not Look.WHITE_ON_BLACK:
        code = ImageChops.invert(code)
    x = UNIT[0] - MARGIN - code.width - 30
    y = UNIT[1] - MARGIN - code.height - (20 if flat else 60)
    printed.mask.paste(code, (x, y))


def _onto_unit(printed: _Print, look: Look, draw: random.Random) -> Image.Image:
    radius = round(draw.uniform(40, 120))
    if look is Look.ETCHED_METAL or look is Look.ETCHED_PLASTIC:
        metal = look is Look.ETCHED_METAL
        colour = one_of(draw, METALS if metal else PLASTICS)
        unit = body(UNIT, colour, draw, radius=radius, brushed=metal)
        _etch(unit, printed.mask, colour, draw)
        return unit
    light = look is Look.DARK_ON_WHITE
    unit = body(UNIT, one_of(draw, BODIES), draw, radius=radius)
    paper: Colour = (236, 235, 231) if light else (28, 28, 30)
    ink: Colour = (34, 34, 38) if light else (222, 222, 224)
    inset = MARGIN - 30
    size = (UNIT[0] - 2 * inset, UNIT[1] - 2 * inset)
    unit.paste(paper, (inset, inset), rounded(size, 18))
    unit.paste(ink, (0, 0), printed.mask.filter(ImageFilter.GaussianBlur(0.6)))
    return unit


def _etch(unit: Image.Image, mask: Image.Image, colour: Colour, draw: random.Random) -> None:
    """Cuts the text in: a grey not far from the body's, with a light edge below."""
    dark = brightness(colour) > 110
    ink = mixed(colour, (20, 20, 22) if dark else (236, 236, 238), draw.uniform(0.36, 0.5))
    soft = mask.filter(ImageFilter.GaussianBlur(0.7))
    edge = mixed(colour, (255, 255, 255) if dark else (0, 0, 0), 0.35)
    unit.paste(edge, (2, 2), soft.point([v // 2 for v in range(256)]))
    unit.paste(ink, (0, 0), soft)
