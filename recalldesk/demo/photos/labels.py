"""Photos of labels: what a power bank's underside says, printed or etched, with its serial.

Guarantee: the serial stands whole and once in the picture, as given; a photo is the same each time
for the same arguments, whatever else was drawn before.
"""

import random

from PIL import Image, ImageFilter

from recalldesk.demo.photos.chance import chance, one_of
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.label_print import MARGIN, UNIT, Look, Print, printed
from recalldesk.demo.photos.scene import Drawn, photographed
from recalldesk.demo.photos.units import Colour, body, brightness, mixed, rounded

__all__ = ["Look", "draw_label", "photograph_label"]

BODIES: tuple[Colour, ...] = ((38, 38, 42), (47, 93, 155), (166, 42, 48), (226, 223, 216))
METALS: tuple[Colour, ...] = ((172, 174, 178), (112, 114, 120), (142, 136, 128))
PLASTICS: tuple[Colour, ...] = ((44, 44, 48), (70, 72, 76), (214, 212, 206), (58, 84, 128))


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
    made = printed(serial, model, look, draw, has_bar_code=has_bar_code, held_out=held_out)
    unit = _onto_unit(made, look, draw)
    return photographed(unit, made.serial, condition, "label", seed)


def _onto_unit(made: Print, look: Look, draw: random.Random) -> Image.Image:
    radius = round(draw.uniform(40, 120))
    if look is Look.ETCHED_METAL or look is Look.ETCHED_PLASTIC:
        metal = look is Look.ETCHED_METAL
        colour = one_of(draw, METALS if metal else PLASTICS)
        unit = body(UNIT, colour, draw, radius=radius, brushed=metal)
        _etch(unit, made.mask, colour, draw)
        return unit
    light = look is Look.DARK_ON_WHITE
    unit = body(UNIT, one_of(draw, BODIES), draw, radius=radius)
    paper: Colour = (236, 235, 231) if light else (28, 28, 30)
    ink: Colour = (34, 34, 38) if light else (222, 222, 224)
    inset = MARGIN - 30
    size = (UNIT[0] - 2 * inset, UNIT[1] - 2 * inset)
    unit.paste(paper, (inset, inset), rounded(size, 18))
    unit.paste(ink, (0, 0), made.mask.filter(ImageFilter.GaussianBlur(0.6)))
    return unit


def _etch(unit: Image.Image, mask: Image.Image, colour: Colour, draw: random.Random) -> None:
    """Cuts the text in: a grey not far from the body's, with a light edge below."""
    dark = brightness(colour) > 110
    ink = mixed(colour, (20, 20, 22) if dark else (236, 236, 238), draw.uniform(0.36, 0.5))
    soft = mask.filter(ImageFilter.GaussianBlur(0.7))
    edge = mixed(colour, (255, 255, 255) if dark else (0, 0, 0), 0.35)
    unit.paste(edge, (2, 2), soft.point([v // 2 for v in range(256)]))
    unit.paste(ink, (0, 0), soft)
