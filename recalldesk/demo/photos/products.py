"""Photos of whole products for a notice: power banks in their colours, a kettle.

Guarantee: a photo is the same each time for the same arguments; it says MADE UP on itself, in
letters that nobody takes for the product's.
"""

from PIL import Image, ImageDraw

from recalldesk.demo.photos.chance import chance
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.fonts import LABEL_FACES
from recalldesk.demo.photos.scene import photographed
from recalldesk.demo.photos.units import OVER, Colour, body, brightness

POWER_BANK = (420, 700)
GAP = 70
ABOVE_AND_BELOW = 0.125
"""How much of the photo is cut off there, where nothing but the desk is seen."""
KETTLE = (1100, 1000)
STEEL: Colour = (186, 189, 193)
BLACK: Colour = (34, 34, 37)


def draw_power_banks(
    colours: tuple[Colour, ...], engraved: str, seed: int, condition: Condition = Condition.CLEAN
) -> Image.Image:
    """A power bank in each of these colours, side by side, from the front."""
    width, height = POWER_BANK
    step = width + GAP
    together = Image.new("RGBA", (step * len(colours) - GAP, height))
    for place, colour in enumerate(colours):
        together.paste(_power_bank(colour, engraved, seed + place), (place * step, 0))
    text = (0.0, 0.0, float(together.width), float(height))
    photo = photographed(together, text, condition, "product", seed).image
    cut = round(photo.height * ABOVE_AND_BELOW)
    return _marked(photo.crop((0, cut, photo.width, photo.height - cut)))


def _power_bank(colour: Colour, engraved: str, seed: int) -> Image.Image:
    width, height = POWER_BANK
    unit = body(POWER_BANK, colour, chance("product", seed), radius=96)
    ink = (64, 62, 58, 150) if brightness(colour) > 110 else (236, 236, 238, 150)
    print_on = Image.new("RGBA", POWER_BANK)
    pen = ImageDraw.Draw(print_on)
    for dot in range(4):
        left = width // 2 - 66 + 38 * dot
        pen.ellipse((left, 92, left + 16, 108), fill=ink)
    pen.rounded_rectangle((width // 2 - 60, height - 78, width // 2 + 60, height - 60), 9, fill=ink)
    pen.text((width // 2, height // 2), engraved, ink, LABEL_FACES[0].at(46), anchor="mm")
    return Image.alpha_composite(unit, print_on)


def draw_kettle(seed: int, condition: Condition = Condition.CLEAN) -> Image.Image:
    """A kettle of steel with a black handle, from the front."""
    metal = body(KETTLE, STEEL, chance("product", seed), radius=4, brushed=True)
    unit = Image.new("RGBA", KETTLE)
    black = Image.new("RGBA", KETTLE, BLACK)
    unit.paste(black, (0, 0), _outline("handle"))
    unit.paste(metal, (0, 0), _outline("jug"))
    unit.paste(black, (0, 0), _outline("foot and lid"))
    text = (0.0, 0.0, float(KETTLE[0]), float(KETTLE[1]))
    return _marked(photographed(unit, text, condition, "product", seed).image)


def _outline(part: str) -> Image.Image:
    """A mask of one part of the kettle, with smooth edges."""
    large = Image.new("L", (KETTLE[0] * OVER, KETTLE[1] * OVER), 0)
    pen = ImageDraw.Draw(large)

    def scaled(*numbers: int) -> list[int]:
        return [number * OVER for number in numbers]

    if part == "handle":
        pen.rounded_rectangle(scaled(620, 190, 1060, 800), 190 * OVER, fill=255)
        pen.rounded_rectangle(scaled(560, 300, 950, 690), 110 * OVER, fill=0)
    elif part == "jug":
        pen.polygon(scaled(250, 170, 700, 170, 800, 900, 130, 900), fill=255)
        pen.polygon(scaled(262, 250, 90, 190, 60, 236, 226, 430), fill=255)
    else:
        pen.rounded_rectangle(scaled(110, 890, 820, 972), 34 * OVER, fill=255)
        pen.rounded_rectangle(scaled(240, 130, 710, 190), 30 * OVER, fill=255)
        pen.ellipse(scaled(425, 62, 525, 150), fill=255)
    return large.resize(KETTLE, Image.Resampling.BOX)


def _marked(photo: Image.Image) -> Image.Image:
    """Says in a corner that the photo is made up."""
    pen = ImageDraw.Draw(photo)
    face = LABEL_FACES[0].at(26)
    pen.text(
        (photo.width - 40, photo.height - 36),
        "MADE UP",
        (250, 250, 250),
        face,
        anchor="rs",
        stroke_width=4,
        stroke_fill=(30, 30, 32),
    )
    return photo
