"""Photos of marked units: a word, a code, a name and a date, written on the front by hand.

Guarantee: exactly what is given is written, in the order word, code, name, date; with nothing
given, the unit shows its engraving alone.
"""

import random
from enum import StrEnum

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from recalldesk.demo.photos.chance import bell, chance, one_of
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.fonts import LABEL_FACES
from recalldesk.demo.photos.handwriting import Hand, somebodys_hand, written
from recalldesk.demo.photos.scene import Drawn, Rectangle, photographed
from recalldesk.demo.photos.units import Colour, body, brightness, mixed

LOOK_ALIKE_WORDS = ("RECYCLED", "REPAIRED", "RECORDED", "RELOADED", "REFUNDED", "CALLED", "RENTAL")
"""Words that people write on units and that are not the one that is asked."""
MADE_UP_NAMES = ("OLGA EXAMPLE", "SAM SAMPLE", "Robin Madeup", "ANA EJEMPLO", "Lee Nobody")
"""Names that nobody has."""
UNIT = (1700, 900)
COLOURS: tuple[Colour, ...] = (
    (236, 234, 228), (228, 228, 232), (150, 152, 156), (120, 122, 126), (38, 38, 42), (30, 31, 34),
)  # fmt: skip
INK: Colour = (26, 27, 34)
LIGHT: Colour = (228, 228, 222)


class Ground(StrEnum):
    """What is written on, and so with what."""

    MARKER_ON_UNIT = "marker_on_unit"
    LIGHT_PEN = "light_pen"
    TAPE = "tape"
    CORRECTION_FLUID = "correction_fluid"


ON_DARK = (Ground.LIGHT_PEN, Ground.TAPE, Ground.CORRECTION_FLUID)
DARK = 90
HEIGHTS = (92, 165)


def draw_marking(
    word: str,
    code: str,
    name: str = "",
    date: str = "",
    *,
    seed: int,
    condition: Condition = Condition.CLEAN,
    colour: Colour | None = None,
    held_out: bool = False,
) -> Image.Image:
    """A photo of a marked unit; what is empty is not written. The unit's `colour`, its ground, the
    hand and its pen are drawn from the seed. `held_out`: in hands that tuning never sees."""
    return photograph_marking(
        word, code, name, date, seed=seed, condition=condition, colour=colour, held_out=held_out
    ).image


def photograph_marking(
    word: str,
    code: str,
    name: str = "",
    date: str = "",
    *,
    seed: int,
    condition: Condition = Condition.CLEAN,
    colour: Colour | None = None,
    held_out: bool = False,
) -> Drawn:
    """As draw_marking, with the corners of what was written (of the whole unit if nothing was)."""
    draw = chance("marking", seed)
    drawn_colour = one_of(draw, COLOURS)
    colour = colour or drawn_colour
    unit = body(UNIT, colour, draw, radius=round(draw.uniform(60, 180)))
    _engrave(unit, colour, draw)
    ground = one_of(draw, ON_DARK) if brightness(colour) < DARK else Ground.MARKER_ON_UNIT
    hand = somebodys_hand(draw, HEIGHTS, held_out=held_out)
    sheet = _sheet(_rows(word, code, name, date, draw), hand, draw)
    text: Rectangle = (0, 0, *UNIT)
    if sheet is not None:
        text = _put_down(unit, sheet, ground, draw)
    return photographed(unit, text, condition, "marking", seed)


def _rows(word: str, code: str, name: str, date: str, draw: random.Random) -> list[str]:
    """What stands in one line: the word and the code together or one below the other."""
    first = [part for part in (word, code) if part]
    last = [part for part in (name, date) if part]
    together = draw.random() < 0.4
    rows = [" ".join(first)] if together else first
    if draw.random() < 0.4:
        return [row for row in [*rows, "  ".join(last)] if row]
    return rows + last


def _sheet(rows: list[str], hand: Hand, draw: random.Random) -> Image.Image | None:
    """All rows on one mask, none if there are none."""
    if not rows:
        return None
    masks = [written(row, hand, draw) for row in rows]
    gap = round(hand.height * draw.uniform(0.4, 0.7))
    shifts = [round(draw.uniform(0, 60)) for _ in masks]
    wide = max(mask.width + shift for mask, shift in zip(masks, shifts, strict=True))
    sheet = Image.new("L", (wide, sum(mask.height + gap for mask in masks) - gap), 0)
    y = 0
    for mask, shift in zip(masks, shifts, strict=True):
        sheet.paste(mask, (shift, y))
        y += mask.height + gap
    most_wide, most_high = UNIT[0] - 240, UNIT[1] - 260
    shrink = min(1.0, most_wide / sheet.width, most_high / sheet.height)
    if shrink < 1:
        size = (round(sheet.width * shrink), round(sheet.height * shrink))
        return sheet.resize(size, Image.Resampling.LANCZOS)
    return sheet


def _engrave(unit: Image.Image, colour: Colour, draw: random.Random) -> None:
    """The product's own print: small, pale, and there before anybody wrote."""
    mask = Image.new("L", UNIT, 0)
    pen = ImageDraw.Draw(mask)
    face = one_of(draw, LABEL_FACES)
    if draw.random() < 0.5:
        middle = (UNIT[0] / 2, UNIT[1] / 2 + draw.uniform(-60, 60))
        pen.text(middle, "Example", 255, face.at(draw.uniform(70, 130)), anchor="mm")
    pen.text((130, UNIT[1] - 70), "POWER BANK 10000", 255, face.at(34), anchor="ls")
    pen.text((UNIT[0] - 130, UNIT[1] - 70), "MADE UP", 255, face.at(26), anchor="rs")
    pen.ellipse((UNIT[0] - 190, 60, UNIT[0] - 150, 100), outline=255, width=5)
    ink = mixed(colour, (20, 20, 22) if brightness(colour) > DARK else (230, 230, 232), 0.2)
    unit.paste(ink, (0, 0), mask.filter(ImageFilter.GaussianBlur(0.7)))


def _put_down(
    unit: Image.Image, sheet: Image.Image, ground: Ground, draw: random.Random
) -> Rectangle:
    """Writes the sheet on the unit or on what was put on it first. Gives its rectangle."""
    spare_x, spare_y = UNIT[0] - sheet.width, UNIT[1] - 100 - sheet.height
    x = round(spare_x * draw.uniform(0.35, 0.65))
    y = round(40 + (spare_y - 40) * draw.uniform(0.35, 0.65))
    box = (x, y, x + sheet.width, y + sheet.height)
    if ground is Ground.TAPE:
        _lay_tape(unit, box, draw)
    elif ground is Ground.CORRECTION_FLUID:
        _lay_fluid(unit, box, draw)
    ink = LIGHT if ground is Ground.LIGHT_PEN else INK
    unit.paste(ink, (x, y), _uneven(sheet, draw))
    return box


def _uneven(sheet: Image.Image, draw: random.Random) -> Image.Image:
    """Ink that is paler here and there."""
    rough = bell(draw, 5 + sheet.height // 40, 5 + sheet.width // 40) * 22 + 232
    level = Image.fromarray(rough.clip(150, 255).astype("uint8"))
    return ImageChops.multiply(sheet, level.resize(sheet.size, Image.Resampling.BICUBIC))


def _lay_tape(unit: Image.Image, box: tuple[int, int, int, int], draw: random.Random) -> None:
    """A strip of light tape, torn at both ends."""
    left, top, right, bottom = box[0] - 50, box[1] - 34, box[2] + 50, box[3] + 34
    points: list[tuple[float, float]] = [(left, top), (right, top)]
    steps = 14
    high = bottom - top
    points += [(right + draw.uniform(-12, 12), top + high * n / steps) for n in range(1, steps)]
    points += [(right, bottom), (left, bottom)]
    points += [(left + draw.uniform(-12, 12), bottom - high * n / steps) for n in range(1, steps)]
    mask = Image.new("L", unit.size, 0)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(1))
    unit.paste(one_of(draw, ((232, 222, 190), (238, 236, 230), (226, 212, 170))), (0, 0), mask)


def _lay_fluid(unit: Image.Image, box: tuple[int, int, int, int], draw: random.Random) -> None:
    """White correction fluid, brushed on in strokes."""
    mask = Image.new("L", unit.size, 0)
    pen = ImageDraw.Draw(mask)
    y = float(box[1] - 20)
    while y < box[3] + 30:
        ends = (box[0] - draw.uniform(30, 70), y, box[2] + draw.uniform(30, 70), y)
        pen.line((ends[0], y, ends[2], y + draw.uniform(-8, 8)), fill=250, width=44)
        y += 30
    unit.paste((240, 240, 236), (0, 0), mask.filter(ImageFilter.GaussianBlur(4)))
