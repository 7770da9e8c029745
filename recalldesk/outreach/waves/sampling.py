"""A notice as somebody made up would get it: for tests, previews and the rules of words."""

from dataclasses import replace

from django.db.models import Count

from recalldesk.claims.brands import site_of
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.places import BoughtThing
from recalldesk.outreach.waves.said import Said, in_words, thing_of
from recalldesk.purchasers.models import Purchase
from recalldesk.recalls.document import Document

A_TOKEN = "X" * 43
"""As long as the end of a link is."""


def sample(
    wave: Wave, document: Document, way: Way, language: str, *, is_real_link: bool = False
) -> Said:
    """A notice of the wave to somebody who bought one unit of its first product, where most did.

    `is_real_link`: it leads to the recall's pages; else one as long as that of a notice. Raises
    TextRefused."""
    keys = Audience.from_stored(wave.audience).products
    product = next(iter(keys), document.products[0].key)
    thing = _as_most_bought_it(wave, product) or _as_it_was_sold(document, product)
    site = site_of(document.brand_of(product))
    return in_words(
        wave,
        way=way,
        language=language,
        country=document.countries[0],
        things=(thing,),
        link=f"{site}/{language}/" + ("" if is_real_link else f"told/{A_TOKEN}"),
    )


def _as_most_bought_it(wave: Wave, product: str) -> BoughtThing | None:
    """With the shop as most buyers read it, and the day of one of their orders."""
    rows = Purchase.objects.filter(recall=wave.recall_id, product=product, unmatched_at=None)
    most = rows.order_by().values("channel").annotate(count=Count("pk")).order_by("-count").first()
    if most is None:
        return None
    one = rows.filter(channel=most["channel"], ordered_on__isnull=False).select_related("file")
    found = one.order_by("pk").first()
    return None if found is None else replace(thing_of(found), units=1)


def _as_it_was_sold(document: Document, product: str) -> BoughtThing:
    sold = document.product_by_key[product].sold
    return BoughtThing(product, 1, sold.channels[0], sold.since or document.announced)
