"""The photos that the tour sends: drawn for the unit, and marked with what the page asks for.

Guarantee: the marking holds the code that stands on the page, so that the photo serves that claim.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PIL import Image

from recalldesk.demo.browser import Form, Page
from recalldesk.demo.photos.conditions import as_jpeg
from recalldesk.demo.photos.label_print import Look
from recalldesk.demo.photos.labels import draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.demo.photos.receipts import Bought, draw_receipt

PAPER_WHITE = (236, 234, 228)
ASKED = re.compile(r'<p class="code"[^>]*>(.*?)</p>', re.DOTALL)
LINE_END = re.compile(r"<br\s*/?>|\s·\s")
CODE = re.compile(r"\d{4}-\d{4}")
BOUGHT = Bought("POWER BANK", Decimal("25.99"), "12 MAR 2019", "111-555-0000")


@dataclass(frozen=True)
class Unit:
    """The made-up owner's unit: what its label says, and who writes on it. Photos of two units are
    alike unless their `seed` differs; an even one draws no bar code."""

    serial: str
    model: str
    owner: str
    seed: int


def photos_for(unit: Unit, page: Page, form: Form) -> dict[str, bytes]:
    """A photo as JPEG for each field of the form that takes one."""
    return {name: as_jpeg(_drawn(name, unit, page.text)) for name in form.files}


def _drawn(field: str, unit: Unit, text: str) -> Image.Image:
    if field.startswith("marking"):
        asked = _asked_on(text)
        return draw_marking(
            asked["word"],
            asked["code"],
            unit.owner.upper() if asked["name"] else "",
            asked["date"],
            seed=unit.seed,
            colour=PAPER_WHITE,
        )
    if field.startswith("receipt"):
        return draw_receipt(BOUGHT, seed=unit.seed)
    return draw_label(unit.serial, unit.model, unit.seed, look=Look.DARK_ON_WHITE)


def _asked_on(text: str) -> dict[str, str]:
    """What the page asks to be written, empty where it does not. Raises LookupError."""
    asked = ASKED.search(text)
    if asked is None:
        raise LookupError("nothing to write on the unit")
    marks = {"word": "", "code": "", "name": "", "date": ""}
    for line in LINE_END.split(asked[1]):
        marks[_mark_of(line.strip())] = line.strip()
    return marks


def _mark_of(line: str) -> str:
    """Which of the marks a line of the page is."""
    if CODE.fullmatch(line):
        return "code"
    try:
        date.fromisoformat(line)
    except ValueError:
        return "name" if line == "YOUR NAME" else "word"
    return "date"
