"""Where the forms of a notice are found: one address each, whoever asks by whatever host name.

Guarantee: these do not change while a recall is kept; what is told in print leads to them.
"""

from django.urls import reverse
from django.utils.translation import override

from recalldesk.claims.letters import site_of
from recalldesk.notices.published import Published


def page_address(published: Published, language: str) -> str:
    """The page of the recall, by its live version."""
    return _address(published, "portal:recall", language, published.slug)


def version_address(published: Published, language: str) -> str:
    """The page of this very version."""
    return _address(published, "portal:recall_version", language, published.slug, published.number)


def check_address(published: Published, language: str) -> str:
    """Where a serial is checked."""
    return _address(published, "portal:check", language, published.slug)


def feed_address(published: Published, language: str) -> str:
    """The feed of all notices."""
    return _address(published, "portal:feed", language)


def picture_address(published: Published, digest: str) -> str:
    """A picture of a product, by its digest."""
    return site_of(published.document.brands[0]) + reverse("portal_root:picture", args=[digest])


def _address(published: Published, name: str, language: str, *named: str | int) -> str:
    with override(language):
        return site_of(published.document.brands[0]) + reverse(name, args=named)
