"""What a recall file holds: each part is sound, but they may still contradict each other."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from recalldesk.recalls.document.firm import Brand, Company, Firm
from recalldesk.recalls.document.parts import (
    Count,
    Country,
    Day,
    Figure,
    Key,
    Language,
    Line,
    MaybeLine,
    Part,
    Text,
    Window,
)
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.remedy import (
    Budget,
    Corrections,
    Disposal,
    Evidence,
    Jurisdiction,
    Promises,
    Remedy,
)
from recalldesk.recalls.document.review import Review
from recalldesk.recalls.document.scope import Scope

FigureName = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class Question(Part):
    """A question that owners ask, and its answer."""

    question: Text
    answer: Text


class Incidents(Part):
    """What is known to have happened, as the notice says it.

    `injured` and `killed` name the figures that count these people; `injured` is None where the
    file does not say, and empty where nobody was.
    """

    as_of: Day
    summary: Text
    injured: tuple[FigureName, ...] | None = None
    killed: tuple[FigureName, ...] = ()
    ages: tuple[Annotated[Count, Field(ge=0, le=130)], ...] = ()
    reported: Window | None = None


class Texts(Part):
    """What the recall says, per language. Figures stand in it as {name}."""

    notice_heading: Text | None = None
    headline: Text
    question: Text
    summary: Text
    hazard: Text
    stop: tuple[Text, ...] = Field(min_length=1)
    keep: tuple[Text, ...] = Field(min_length=1)
    share: Text | None = None


class Danger(Part):
    """A unit that is dangerous right now, where a battery's signs and steps do not fit."""

    question: Text
    headline: Text
    steps: tuple[Text, ...] = Field(min_length=1)


class Contents(Part):
    """All parts of a recall file."""

    format: Literal[1]
    recall: Key
    announced: Day | None = None
    recall_number: MaybeLine = ""
    languages: tuple[Language, ...] = Field(min_length=1)
    made_up: tuple[Line, ...] = ()
    firm: Firm
    brands: tuple[Brand, ...] = Field(min_length=1)
    companies: tuple[Company, ...] = ()
    texts: Texts
    danger: Danger | None = None
    figures: dict[FigureName, Figure] = Field(default_factory=dict)
    incidents: Incidents | None = None
    products: tuple[Product, ...] = Field(min_length=1)
    scope: Scope
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    remedies: tuple[Remedy, ...] = Field(min_length=1)
    promises: Promises
    evidence: Evidence = Evidence()
    review: Review = Review()
    budget: Budget | None = None
    disposal: Disposal
    corrections: Corrections = Corrections()
    faq: tuple[Question, ...] = ()

    @cached_property
    def product_by_key(self) -> dict[str, Product]:
        """The products by their key."""
        return {product.key: product for product in self.products}

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """The countries of the recall, in the file's order."""
        return tuple(jurisdiction.country for jurisdiction in self.jurisdictions)

    @property
    def stated_units(self) -> int | None:
        """The units that the firm states, over all countries; None where one states none."""
        counts = [jurisdiction.units for jurisdiction in self.jurisdictions]
        return sum(c for c in counts if c is not None) if None not in counts else None

    def brand_of(self, product_key: str) -> Brand:
        """The brand under which a product was sold."""
        return next(brand for brand in self.brands if product_key in brand.products)
