"""The photos that a made-up owner sends: drawn for the unit, readable or not.

Guarantee: a readable one holds what the page asks to be written; of an unreadable one nothing can
be read, by a machine or a person; one of the wrong thing is sharp, and shows a receipt.
"""

import io

from PIL import Image, ImageFilter

from recalldesk.demo.browser import Form, Page
from recalldesk.demo.photos.conditions import as_jpeg
from recalldesk.demo.photos.receipts import draw_receipt
from recalldesk.demo.tour_photos import BOUGHT, Unit, photos_for
from recalldesk.drill.owners import Kind, MadeUpOwner

SMALL, BLUR = 240, 9


def photos_of(owner: MadeUpOwner, model: str, page: Page, form: Form) -> dict[str, bytes]:
    """A photo for each field of the form that takes one."""
    unit = Unit(owner.shown, model, owner.name, seed=2 * owner.number)
    if owner.kind is Kind.WRONG_THING:
        seed = 100 * owner.number
        return {name: wrong_thing(seed + place) for place, name in enumerate(form.files)}
    drawn = photos_for(unit, page, form)
    if owner.kind is Kind.UNREADABLE:
        return {name: _spoilt(content) for name, content in drawn.items()}
    return drawn


def wrong_thing(seed: int) -> bytes:
    """A sharp photo of a receipt."""
    return as_jpeg(draw_receipt(BOUGHT, seed=seed))


def _spoilt(content: bytes) -> bytes:
    """Out of focus, and far too small, as through a wet lens."""
    with Image.open(io.BytesIO(content)) as picture:
        size = picture.size
        blurred = picture.convert("RGB").resize((SMALL, SMALL * size[1] // size[0]))
        blurred = blurred.filter(ImageFilter.GaussianBlur(BLUR)).resize(size)
    kept = io.BytesIO()
    blurred.save(kept, "JPEG", quality=60)
    return kept.getvalue()
