"""What a recall file lacks of what 15 USC 2064(i)(2) and 16 CFR 1115.27 ask of a notice.

Each function yields one lack for each place where something is missing. The products looked at are
those sold in the United States.
"""

from collections.abc import Iterator

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Company, CompanyRole
from recalldesk.recalls.document.parts import Path
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.lint.countries import UNITED_STATES
from recalldesk.recalls.lint.findings import Lack
from recalldesk.recalls.lint.words import HARM, RECALL, TIME_ZONE, TOLL_FREE

MAKERS = (CompanyRole.MANUFACTURER, CompanyRole.IMPORTER)


def _sold_here(document: Document) -> Iterator[tuple[Path, Product]]:
    """The products sold in the United States; all, where the file says so of none."""
    here = [UNITED_STATES in product.sold.countries for product in document.products]
    for place, product in enumerate(document.products):
        if here[place] or not any(here):
            yield ("products", place), product


def _is_known(document: Document, product: Product, role: CompanyRole) -> bool:
    """Whether somebody stands in the notice who did that: a company, or the recalling firm."""
    return document.firm.role is role or bool(_companies(document, product, role))


def _companies(document: Document, product: Product, role: CompanyRole) -> list[Company]:
    return [
        company
        for company in document.companies
        if company.role is role and (not company.products or product.key in company.products)
    ]


def heading_without_recall(document: Document) -> Iterator[Lack]:
    """Headlines without the word "recall"."""
    for language, text in document.texts.headline.items():
        if not RECALL[language].search(text):
            yield ("texts", "headline", language), "does not say that it is a recall"


def text_without_recall(document: Document) -> Iterator[Lack]:
    """Languages in which the text does not say that it is a recall."""
    texts = document.texts
    for language in document.languages:
        said = [text.get(language, "") for text in (texts.summary, texts.hazard, *texts.stop)]
        if not any(RECALL[language].search(text) for text in said):
            yield ("texts", "summary", language), "does not say that it is a recall"


def no_date(document: Document) -> Iterator[Lack]:
    """No date."""
    if document.announced is None:
        yield ("announced",), "is missing: the notice bears no date"


def no_photograph(document: Document) -> Iterator[Lack]:
    """Products without a photograph."""
    for path, product in _sold_here(document):
        if all(each.shows_serial for each in product.photographs):
            yield (
                (*path, "photographs"),
                f"is missing: a drawing is no photograph of {product.model}",
            )


def no_units(document: Document) -> Iterator[Lack]:
    """No number of units."""
    for place, jurisdiction in enumerate(document.jurisdictions):
        if jurisdiction.country == UNITED_STATES and jurisdiction.units is None:
            yield (
                ("jurisdictions", place, "units"),
                "is missing: the notice does not say how many units are recalled",
            )


def no_kind_of_harm(document: Document) -> Iterator[Lack]:
    """Hazards that name no kind of harm."""
    for language, text in document.texts.hazard.items():
        if not HARM[language].search(text):
            yield (
                ("texts", "hazard", language),
                "names no kind of harm that the linter knows, such as a fire, a burn or a fall",
            )


def no_legal_name(document: Document) -> Iterator[Lack]:
    """No legal name of the recalling firm."""
    if not document.firm.legal_name:
        yield ("firm", "legal_name"), "is missing"


def no_firm_role(document: Document) -> Iterator[Lack]:
    """Not said what the firm did with the product."""
    if document.firm.role is None:
        yield ("firm", "role"), "is missing: manufacturer, importer, distributor or retailer"


def no_manufacturer(document: Document) -> Iterator[Lack]:
    """Products of no named manufacturer."""
    for path, product in _sold_here(document):
        if not _is_known(document, product, CompanyRole.MANUFACTURER):
            yield path, "has no manufacturer: neither the firm nor one of [[companies]] is one"


def no_country_of_manufacture(document: Document) -> Iterator[Lack]:
    """Products of no country of manufacture."""
    for path, product in _sold_here(document):
        if product.made is None or not product.made.countries:
            yield (*path, "made", "countries"), "is missing: the country of manufacture"


def no_importer(document: Document) -> Iterator[Lack]:
    """Products made abroad, of no named importer."""
    for path, product in _sold_here(document):
        abroad = product.made is not None and set(product.made.countries) - {UNITED_STATES}
        if abroad and not _is_known(document, product, CompanyRole.IMPORTER):
            yield (
                (*path, "made", "countries"),
                "names a country abroad, and neither the firm nor one of [[companies]] imports it",
            )


def no_headquarters(document: Document) -> Iterator[Lack]:
    """Manufacturers and importers of no place."""
    for place, company in enumerate(document.companies):
        if company.role in MAKERS and not company.headquarters:
            yield (
                ("companies", place, "headquarters"),
                "is missing: its city, and its state or country",
            )


def no_dates_of_manufacture(document: Document) -> Iterator[Lack]:
    """Products with an open time of manufacture."""
    for path, product in _sold_here(document):
        if product.made is None:
            yield (*path, "made"), "is missing: when manufacture began and ended"
        elif product.made.until is None:
            yield (*path, "made", "until"), "is missing: when manufacture ended"


def no_dates_of_sale(document: Document) -> Iterator[Lack]:
    """Products with an open time of sale."""
    for path, product in _sold_here(document):
        if product.sold.until is None:
            yield (*path, "sold", "until"), "is missing: when the sale ended"


def not_sold_here(document: Document) -> Iterator[Lack]:
    """Products not said to be sold in the United States."""
    for path, product in _sold_here(document):
        if UNITED_STATES not in product.sold.countries:
            yield (
                (*path, "sold", "countries"),
                "does not name US, but the recall is one of the United States",
            )


def no_price(document: Document) -> Iterator[Lack]:
    """Products without a price."""
    for path, product in _sold_here(document):
        if product.sold.price is None:
            yield (*path, "sold", "price"), "is missing: about what it cost"


def no_incidents(document: Document) -> Iterator[Lack]:
    """Nothing said of incidents."""
    if document.incidents is None:
        yield (
            ("incidents",),
            "is missing: how many incidents, injuries and deaths there were, or none",
        )


def no_injured(document: Document) -> Iterator[Lack]:
    """Not said how many people were injured."""
    if document.incidents is not None and document.incidents.injured is None:
        yield (
            ("incidents", "injured"),
            "is missing: which figures count people who were injured; [] where nobody was",
        )


def people_hurt(document: Document) -> int:
    """How many people were injured or killed, by the figures that the file names for it."""
    if document.incidents is None:
        return 0
    named = (*(document.incidents.injured or ()), *document.incidents.killed)
    return sum(int(document.figures[name].value) for name in named if name in document.figures)


def no_ages(document: Document) -> Iterator[Lack]:
    """Fewer ages than people hurt."""
    hurt = people_hurt(document)
    if document.incidents is not None and len(document.incidents.ages) < hurt:
        given = len(document.incidents.ages)
        yield ("incidents", "ages"), f"has {given} of the {hurt} ages of people injured or killed"


def no_dates_of_reports(document: Document) -> Iterator[Lack]:
    """Not said when the Commission was told of people hurt."""
    if document.incidents is not None and people_hurt(document) and not document.incidents.reported:
        yield (
            ("incidents", "reported"),
            "is missing: when the Commission was told of the injuries and deaths",
        )


def unknown_cost_of_call(document: Document) -> Iterator[Lack]:
    """Phone numbers of unknown cost."""
    for place, brand in enumerate(document.brands):
        if brand.phone_is_free is None and not TOLL_FREE.match(brand.phone):
            yield ("brands", place, "phone_is_free"), "is missing: whether the call is toll-free"


def no_time_zone(document: Document) -> Iterator[Lack]:
    """Hours in no time zone."""
    for place, brand in enumerate(document.brands):
        for language, text in brand.hours.items():
            if not TIME_ZONE[language].search(text):
                yield ("brands", place, "hours", language), "names no time zone"
