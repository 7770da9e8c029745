"""Photos of receipts: a strip of thermal paper from a shop that does not exist.

Guarantee: what is given stands on it whole; the total is the sum of its lines.
"""

import random
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from recalldesk.demo.photos.chance import bell, chance, one_of
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.fonts import Face, Manner, label_faces
from recalldesk.demo.photos.scene import Drawn, photographed

PAPER = (760, 1240)
MARGIN = 56
CAPITALS = 24.0
STEP = 52
OTHERS = (
    ("BATTERIES AA 4 PACK", Decimal("5.99")),
    ("USB CABLE 1M", Decimal("8.49")),
    ("NOTEBOOK RULED", Decimal("3.25")),
    ("BALL PENS BLUE", Decimal("2.75")),
    ("LIGHT BULB 8W", Decimal("4.10")),
)


@dataclass(frozen=True)
class Bought:
    """The recalled product on the receipt: its name there, its price, the day (as printed), and
    the shop's number of the order."""

    product: str
    price: Decimal
    day: str
    order: str


def draw_receipt(
    bought: Bought, *, seed: int, condition: Condition = Condition.CLEAN, held_out: bool = False
) -> Image.Image:
    """A photo of a receipt, its other lines drawn from the seed."""
    return photograph_receipt(bought, seed=seed, condition=condition, held_out=held_out).image


def photograph_receipt(
    bought: Bought, *, seed: int, condition: Condition = Condition.CLEAN, held_out: bool = False
) -> Drawn:
    """As draw_receipt, with the corners of the paper's print."""
    draw = chance("receipt", seed)
    monos = [face for face in label_faces(held_out=held_out) if face.manner is Manner.MONO]
    mask = _printed(bought, one_of(draw, monos), draw)
    paper = _paper(draw)
    faded = draw.uniform(0.72, 0.95)
    ink = mask.filter(ImageFilter.GaussianBlur(0.6)).point([round(v * faded) for v in range(256)])
    paper.paste((46, 46, 52), (0, 0), ink)
    text = (MARGIN, MARGIN, PAPER[0] - MARGIN, PAPER[1] - MARGIN)
    return photographed(paper, text, condition, "receipt", seed)


def _printed(bought: Bought, face: Face, draw: random.Random) -> Image.Image:
    mask = Image.new("L", PAPER, 0)
    pen = ImageDraw.Draw(mask)
    y = MARGIN + 50
    for text, grown in (("EXAMPLE STORE", 1.5), ("A MADE-UP SHOP", 1.0), ("1 EXAMPLE STREET", 1.0)):
        pen.text((PAPER[0] / 2, y), text, 255, face.at(CAPITALS * grown), anchor="ms")
        y += STEP
    rows = [(bought.product, bought.price)]
    for _ in range(int(draw.random() * 4)):
        rows.insert(int(draw.random() * (len(rows) + 1)), one_of(draw, OTHERS))
    total = sum((price for _, price in rows), Decimal(0))
    above = [("DATE", bought.day), ("ORDER", bought.order)]
    priced = [(name, f"{price:.2f}") for name, price in rows]
    last = [("TOTAL USD", f"{total:.2f}"), ("PAID BY", one_of(draw, ("CARD", "CASH")))]
    for group in (above, priced, last):
        pen.line((MARGIN, y - 20, PAPER[0] - MARGIN, y - 20), fill=255, width=2)
        y += 30
        for left, right in group:
            _row(pen, face, y, left, right)
            y += STEP
    pen.text((PAPER[0] / 2, y + 40), "MADE UP - NOT A RECEIPT", 255, face.at(20), anchor="ms")
    return mask


def _row(pen: ImageDraw.ImageDraw, face: Face, y: int, left: str, right: str) -> None:
    """One line, its right part at the right edge; made smaller where both have no room."""
    room = PAPER[0] - 2 * MARGIN - 30
    needed = face.at(CAPITALS).getlength(left + right)
    font = face.at(CAPITALS * min(1.0, room / needed))
    pen.text((MARGIN, y), left, 255, font, anchor="ls")
    pen.text((PAPER[0] - MARGIN, y), right, 255, font, anchor="rs")


def _paper(draw: random.Random) -> Image.Image:
    """Thermal paper: nearly white, curled from rolling, torn at its ends."""
    curl = Image.fromarray((238 + bell(draw, 9, 2) * 5).clip(215, 250).astype(np.uint8))
    paper = Image.merge("RGB", [curl.resize(PAPER, Image.Resampling.BICUBIC)] * 3)
    mask = Image.new("L", PAPER, 0)
    teeth = [(number * 10, 4 + 8 * (number % 2)) for number in range(77)]
    below = [(x, PAPER[1] - y) for x, y in reversed(teeth)]
    ImageDraw.Draw(mask).polygon([*teeth, *below], fill=255)
    paper.putalpha(mask)
    return paper
