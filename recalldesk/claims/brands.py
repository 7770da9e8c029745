"""Under which brand an owner is spoken to, and where that brand's pages are.

Guarantee: no owner is told another brand's telephone, sender or host name; each is told those that
hold today.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from recalldesk.claims.models import Filing
from recalldesk.mailing.sites import site_at
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.reads import document_of, live_recall


def site_of(brand: Brand) -> str:
    """Where the brand's owners find the pages, without a slash at the end: at its own host name,
    where it has one. Outside production that is nobody's: there it is this machine."""
    named = settings.ENVIRONMENT.public_address
    holds = not settings.IS_PRODUCTION or not brand.hosts or urlsplit(named).hostname in brand.hosts
    return site_at(named if holds else "", hosts=brand.hosts)


def brand_of(filing: Filing) -> Brand:
    """The brand under which the owner filed, as it is reached today; where the recall has it no
    more, as it was then."""
    live = live_recall(filing.recall.slug)
    then = document_of(filing.version).brands
    brands = (*(live.document.brands if live else ()), *then)
    return next((brand for brand in brands if brand.key == filing.brand), then[0])


def brand_named(document: Document, products: Iterable[str], begun: str) -> str:
    """The key of the brand that the products are of; that under which it was begun where none is
    named, or they are of several."""
    named = set(products)
    keys = [brand.key for brand in document.brands if named.intersection(brand.products)]
    return keys[0] if len(keys) == 1 else begun
