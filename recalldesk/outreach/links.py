"""The link of a notice: how it is made, and what it leads to.

Guarantees: a token has 256 random bits and is found by its SHA-256 only; the same notice has the
same link at every attempt, in a letter that is set again, too; it stands in the database before
anybody is given it, so that no link that went out leads nowhere. It leads to the brand whose
product was bought, in the language of the notice.
"""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from recalldesk.claims.brands import brand_named, site_of
from recalldesk.outreach.models import DirectNotice, NamedPurchase
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_recall
from recalldesk.sealing.fields_of_rows import opened, sealed

TOKEN_BYTES = 32
LONGEST_TOKEN = 100


def link_of(notice: DirectNotice, *, brand: Brand | None = None) -> str:
    """The link of a notice, made where it has none. `brand`: where the caller knows it already.

    To be asked outside of a transaction that may yet be undone: whoever gives the link away gives
    away what is kept. Raises SealingError.
    """
    return _address(notice, "portal:told", brand)


def nothing_more_link(notice: DirectNotice, *, brand: Brand | None = None) -> str:
    """Where a mail program sends the one POST of RFC 8058. As `link_of`."""
    return _address(notice, "portal:told_nothing_more", brand)


def notice_by(token: str) -> DirectNotice | None:
    """The notice of a token, or None where it never was one."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    found = DirectNotice.objects.filter(link_digest=_digest_of(token))
    return found.select_related("wave__recall", "wave__version", "contact", "purchaser").first()


def brand_of_notice(notice: DirectNotice) -> Brand:
    """The brand that speaks: of the products that the notice names, as it is reached today; the
    recall's first where they are of several."""
    document = document_reached(notice.wave.recall)
    first = document.brands[0]
    key = brand_named(document, products_named(notice), first.key)
    return next((brand for brand in document.brands if brand.key == key), first)


def products_named(notice: DirectNotice) -> tuple[str, ...]:
    """The keys of the products that a notice names; one to a new owner names those of the notice
    that was passed on."""
    said = notice
    while said.passed_on_by is not None:
        said = said.passed_on_by.notice
    rows = NamedPurchase.objects.filter(notice=said).order_by("purchase__product")
    return tuple(rows.values_list("purchase__product", flat=True).distinct())


def token_of(notice: DirectNotice) -> str:
    """The token of a notice, made where it has none. Raises SealingError."""
    if not notice.sealed_token:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        kept = sealed(DirectNotice, "sealed_token", token, recall_id=notice.recall_id)
        rows = DirectNotice.objects.filter(pk=notice.pk, link_digest=None)
        # Where another made one meanwhile, that one holds.
        rows.update(sealed_token=kept, link_digest=_digest_of(token))
        notice.refresh_from_db(fields=["sealed_token", "link_digest"])
    return opened(notice, "sealed_token")


def language_of(notice: DirectNotice) -> str:
    """The language of its pages: that of the notice, or English where there are none in it."""
    known = {code for code, _ in settings.LANGUAGES}
    return notice.language if notice.language in known else "en"


def _address(notice: DirectNotice, name: str, brand: Brand | None) -> str:
    token = token_of(notice)
    with override(language_of(notice)):
        path = reverse(name, args=[token])
    return site_of(brand or brand_of_notice(notice)) + path


def document_reached(recall: Recall) -> Document:
    """By which its brands are reached today."""
    live = live_recall(recall.slug)
    return live.document if live else document_of(recall.versions.latest("number"))


def _digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
