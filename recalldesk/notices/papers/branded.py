"""A paper of one brand: its telephone, its check page and, on the poster, its products alone.

Guarantee: what is told of the recall as a whole stays whole; a release or a letter names every
product, since its units are those of all.
"""

from dataclasses import replace

from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.kinds import Kind
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand


def brand_keyed(published: Published, key: str) -> Brand | None:
    """The brand of that key, or None where the version has none of it."""
    return next((brand for brand in published.document.brands if brand.key == key), None)


def as_of_brand(
    kind: Kind, published: Published, notice: Notice, brand: Brand | None
) -> tuple[Published, Notice]:
    """The version and its notice as the brand tells them; as they are where none is meant."""
    if brand is None:
        return published, notice
    document = published.document
    place = [each.key for each in document.brands].index(brand.key)
    notice = replace(notice, contacts=(notice.contacts[place],))
    if kind is not Kind.POSTER:
        return published, notice
    products = tuple(each for each in document.products if each.key in brand.products)
    noticed = tuple(each for each in notice.products if each.key in brand.products)
    document = document.model_copy(update={"products": products})
    return replace(published, document=document), replace(notice, products=noticed)
