"""Where the forms of a notice are found: one address each, whoever asks by whatever host name.

Guarantee: these do not change while a recall is kept; what is told in print leads to them.
"""

from django.urls import reverse
from django.utils.translation import override

from recalldesk.claims.brands import site_of
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand


def page_address(published: Published, language: str) -> str:
    """The page of the recall, by its live version."""
    return _address(published, "portal:recall", language, published.slug)


def version_address(published: Published, language: str) -> str:
    """The page of this very version."""
    return _address(published, "portal:recall_version", language, published.slug, published.number)


def check_address(published: Published, language: str, brand: Brand | None = None) -> str:
    """Where a serial is checked, at the brand's own host. Where the recall has several brands and
    none is meant, that is the recall's page, which leads to the check of each."""
    brands = published.document.brands
    if brand is None and len(brands) > 1:
        return page_address(published, language)
    if brand is None or brand.key == brands[0].key:
        return _address(published, "portal:check", language, published.slug)
    with override(language):
        return site_of(brand) + reverse("portal:brand_check", args=[published.slug, brand.key])


def picture_address(published: Published, digest: str) -> str:
    """A picture of a product, by its digest."""
    return site_of(published.document.brands[0]) + reverse("portal_root:picture", args=[digest])


def _address(published: Published, name: str, language: str, *named: str | int) -> str:
    with override(language):
        return site_of(published.document.brands[0]) + reverse(name, args=named)
