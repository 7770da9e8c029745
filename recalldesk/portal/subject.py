"""What a page is about: one published recall, seen under one of its brands.

Guarantee: every address of such a page is made here, so that a brand's pages stay among themselves.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.remedy import Jurisdiction
from recalldesk.recalls.reads import LiveRecall, known_recall


@dataclass(frozen=True)
class Subject:
    """A recall and the brand under which its owner knows it."""

    live: LiveRecall
    brand: Brand

    @property
    def document(self) -> Document:
        """What the live version says."""
        return self.live.document

    @property
    def slug(self) -> str:
        """The recall's name in addresses."""
        return self.live.slug

    @property
    def is_closed(self) -> bool:
        """Whether the recall is closed; its remedy is still offered."""
        return self.live.closed_at is not None

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """The products sold under this brand."""
        return tuple(p for p in self.document.products if p.key in self.brand.products)

    @property
    def models(self) -> tuple[str, ...]:
        """Their models."""
        return tuple(product.model for product in self.products)

    @property
    def shows_brand(self) -> bool:
        """Whether the models say nothing of the brand, so that it stands beside them."""
        return not all(model.startswith(self.brand.name) for model in self.models)

    @property
    def jurisdictions(self) -> tuple[Jurisdiction, ...]:
        """The countries of the recall."""
        return self.document.jurisdictions

    @property
    def has_pages(self) -> bool:
        """Whether the live version still has the brand."""
        return any(brand.key == self.brand.key for brand in self.document.brands)

    def address(self, page: str) -> str:
        """The path of a page: recall, check, unreadable, danger, incident, disposal, begin,
        list, privacy.

        The recall's own page and its privacy notice are the same for all brands; a brand that the
        recall has no more is led to those of the first.
        """
        is_first = self.brand.key == self.document.brands[0].key
        if page in ("recall", "privacy") or is_first or not self.has_pages:
            return reverse(f"portal:{page}", args=[self.slug])
        return reverse(f"portal:brand_{page}", args=[self.slug, self.brand.key])

    @property
    def recall_url(self) -> str:
        """The recall's page."""
        return self.address("recall")

    @property
    def check_url(self) -> str:
        """The brand's check page."""
        return self.address("check")

    @property
    def unreadable_url(self) -> str:
        """The page for who cannot read the serial."""
        return self.address("unreadable")

    @property
    def danger_url(self) -> str:
        """The page for a unit that is dangerous now."""
        return self.address("danger")

    @property
    def disposal_url(self) -> str:
        """The page that says how a unit is got rid of, and where."""
        return self.address("disposal")

    @property
    def turned_away_url(self) -> str:
        """Where an owner says that a place turned them away."""
        return self.address("turned_away")

    @property
    def incident_url(self) -> str:
        """Where an owner tells what happened."""
        return self.address("incident")

    @property
    def begin_url(self) -> str:
        """Where a claim is begun."""
        return self.address("begin")

    @property
    def list_url(self) -> str:
        """Where somebody with many units sends a list of them."""
        return self.address("list")

    @property
    def privacy_url(self) -> str:
        """What is kept of whoever claims."""
        return self.address("privacy")


def subject_of(live: LiveRecall, brand_key: str = "", model: str = "") -> Subject:
    """The recall under the brand named, else under the brand of the model, else under its first."""
    document = live.document
    by_key = {brand.key: brand for brand in document.brands}
    if brand_key in by_key:
        return Subject(live, by_key[brand_key])
    for product in document.products:
        if model and product.model.casefold() == model.strip().casefold():
            return Subject(live, document.brand_of(product.key))
    return Subject(live, document.brands[0])


def brands_of(live: LiveRecall) -> tuple[Subject, ...]:
    """The recall under each of its brands."""
    return tuple(Subject(live, brand) for brand in live.document.brands)


def find_subject(slug: str, brand_key: str = "") -> Subject | None:
    """The subject that an address or a form names, or None."""
    live = known_recall(slug) if slug else None
    if live is None:
        return None
    if brand_key and all(brand.key != brand_key for brand in live.document.brands):
        return None
    return subject_of(live, brand_key)


def subject_or_404(slug: str, brand_key: str = "") -> Subject:
    """The subject that an address names. Raises Http404."""
    subject = find_subject(slug, brand_key)
    if subject is None:
        raise Http404(slug)
    return subject
