"""The photos that a made-up owner sends: drawn for the unit, readable or not.

Guarantee: a readable one holds what the page asks to be written; of an unreadable one nothing can
be read, by a machine or a person.
"""

import io

from PIL import Image, ImageFilter

from recalldesk.demo.browser import Form, Page
from recalldesk.demo.tour_photos import Unit, photos_for
from recalldesk.drill.owners import Kind, MadeUpOwner

SMALL, BLUR = 240, 9


def photos_of(owner: MadeUpOwner, model: str, page: Page, form: Form) -> dict[str, bytes]:
    """A photo for each field of the form that takes one."""
    unit = Unit(owner.shown, model, owner.name, seed=2 * owner.number)
    drawn = photos_for(unit, page, form)
    if owner.kind is Kind.UNREADABLE:
        return {name: _spoilt(content) for name, content in drawn.items()}
    return drawn


def _spoilt(content: bytes) -> bytes:
    """Out of focus, and far too small, as through a wet lens."""
    with Image.open(io.BytesIO(content)) as picture:
        size = picture.size
        blurred = picture.convert("RGB").resize((SMALL, SMALL * size[1] // size[0]))
        blurred = blurred.filter(ImageFilter.GaussianBlur(BLUR)).resize(size)
    kept = io.BytesIO()
    blurred.save(kept, "JPEG", quality=60)
    return kept.getvalue()
