"""The parts that papers are made of, as a template takes them: texts, labelled facts, pictures.

Guarantee: a text says which way it goes; a picture has its words for those who do not see it.
"""

from collections.abc import Iterable
from typing import Any

import segno
from django.utils.translation import gettext

from recalldesk.foundation.showable import is_right_to_left, showable
from recalldesk.notices.notice import Contact, Notice, NoticedPicture
from recalldesk.notices.published import Published
from recalldesk.recalls.picture import product_picture

Part = dict[str, Any]
FONT = "Source Sans Pro"
MOST_PICTURES = 6
"""So many looks of one product are drawn; all are named in words."""


def cell(text: str) -> Part:
    """A text."""
    return {"text": showable(text), "rtl": is_right_to_left(text)}


def cells(*texts: str) -> list[Part]:
    """Texts, without empty ones."""
    return [cell(text) for text in texts if text]


def fact(label: str, *texts: str, steps: bool = False) -> Part:
    """Texts under a label; a template leaves it out where there is none. `steps`: as a list."""
    return {"label": cell(label), "texts": cells(*texts), "steps": steps}


def facts(*several: Part) -> list[Part]:
    """Those that say something."""
    return [each for each in several if each["texts"]]


def heading_of(notice: Notice) -> str:
    """The heading that the law of the EU words; in other countries it says the same."""
    return notice.heading or gettext("Product safety recall")


def products_of(published: Published, notice: Notice) -> list[Part]:
    """Each product by name, brand, model and looks, in its main photograph, else drawn in its
    colours."""
    return [
        {
            "name": cell(told.name),
            "model": cell(f"{told.brand} · {gettext('Model')} {told.model}"),
            "looks": cell(", ".join(told.looks)),
            "photos": photos(told.photos[:1]),
            "pictures": [
                {
                    "svg": _drawn(
                        product_picture(
                            product.drawing.shape, variant.colour, engraved=product.drawing.engraved
                        )
                    ),
                    "words": f"{told.name}: {look}",
                }
                for variant, look in zip(product.variants, told.looks, strict=True)
            ][:MOST_PICTURES],
        }
        for product, told in zip(published.document.products, notice.products, strict=True)
    ]


def photo(picture: NoticedPicture) -> Part:
    """A photograph by its digest; its bytes are fetched when a paper is made."""
    size = picture.largest
    return {
        "digest": size.digest,
        "width": size.width,
        "height": size.height,
        "words": picture.words,
    }


def photos(pictures: Iterable[NoticedPicture]) -> list[Part]:
    """Several of them."""
    return [photo(picture) for picture in pictures]


def _drawn(markup: str) -> str:
    """The drawing as a file of its own, which names its letters itself."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" '
    return markup.replace("<svg ", head, 1)


def qr_of(address: str) -> Part:
    """A code for telephones, and the address as people type it."""
    code = segno.make_qr(address, error="m")
    return {
        "svg": _drawn(code.svg_inline(border=4, scale=4)),
        "words": address,
        "address": address.partition("://")[2].rstrip("/"),
    }


def contact_of(contact: Contact, notice: Notice) -> Part:
    """The people behind a brand; the brand is named where there are several."""
    return {
        "brand": cell(contact.brand if len(notice.contacts) > 1 else ""),
        "phone": contact.phone_shown,
        "free": cell(gettext("free of charge") if contact.phone_is_free else ""),
        "hours": cell(contact.hours),
        "email": contact.email,
    }
