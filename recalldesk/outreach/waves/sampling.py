"""A notice as somebody made up would get it: for tests, previews and the rules of words."""

from recalldesk.claims.brands import site_of
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.places import BoughtThing
from recalldesk.outreach.waves.said import Said, in_words
from recalldesk.recalls.document import Document

A_TOKEN = "X" * 43
"""As long as the end of a link is."""


def sample(
    wave: Wave, document: Document, way: Way, language: str, *, is_real_link: bool = False
) -> Said:
    """A notice of the wave to somebody who bought one unit of its first product. `is_real_link`:
    it leads to the recall's pages; else one as long as that of a notice. Raises TextRefused."""
    keys = Audience.from_stored(wave.audience).products
    product = next(iter(keys), document.products[0].key)
    sold = document.product_by_key[product].sold
    thing = BoughtThing(product, 1, sold.channels[0], sold.since or document.announced)
    site = site_of(document.brand_of(product))
    return in_words(
        wave,
        way=way,
        language=language,
        country=document.countries[0],
        things=(thing,),
        link=f"{site}/{language}/" + ("" if is_real_link else f"told/{A_TOKEN}"),
    )
