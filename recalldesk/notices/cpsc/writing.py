"""From a published version to its record in the CPSC's form.

Guarantee: pure; every value is one that the version states, in English where it speaks it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape

from babel.dates import format_date

from recalldesk.notices.addresses import picture_address
from recalldesk.notices.cpsc import record as feed
from recalldesk.notices.notice import Contact, Notice, NoticedProduct
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.recalls import wording
from recalldesk.recalls.document.firm import CompanyRole
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.remedy import RemedyKind

UNITED_STATES = "US"
ENGLISH = wording.locale_of("en", UNITED_STATES)
OPTION = {
    RemedyKind.GIFT_CARD: "Refund",
    RemedyKind.REFUND: "Refund",
    RemedyKind.REPLACEMENT: "Replace",
    RemedyKind.REPAIR: "Repair",
}
"""A gift card counts as a refund, as in reports."""


def is_listed(published: Published) -> bool:
    """Whether the recall is one of the United States."""
    return UNITED_STATES in published.document.countries


def record_of(published: Published, *, url: str) -> feed.Record:
    """The record of a version; `url` is where its page is."""
    document, notice = published.document, notice_of(published, "en")
    here = _sold_here(published)
    noticed = [product for product in notice.products if product.key in {p.key for p in here}]
    return feed.Record(
        RecallID=published.recall_id,
        RecallNumber=document.recall_number.replace("-", ""),
        RecallDate=_midnight(document.announced or published.published_at),
        Description=_told(" ".join(_description(product) for product in noticed)),
        URL=url,
        Title=_told(notice.headline),
        ConsumerContact=_told(" ".join(_contact(each, url) for each in notice.contacts)),
        LastPublishDate=_midnight(published.published_at),
        Products=_products(published, noticed),
        Inconjunctions=[
            feed.Inconjunction(URL=part.notice_address)
            for part in document.jurisdictions
            if part.notice_address and part.country != UNITED_STATES
        ],
        Images=_images(published, noticed),
        Injuries=_injuries(notice),
        Manufacturers=_companies(notice, CompanyRole.MANUFACTURER),
        Retailers=[feed.Company(Name=_told(each)) for each in _retailers(here)],
        Importers=_companies(notice, CompanyRole.IMPORTER),
        Distributors=_companies(notice, CompanyRole.DISTRIBUTOR),
        ManufacturerCountries=[
            feed.ManufacturerCountry(Country=wording.country_name(code, ENGLISH))
            for code in _once(c for product in here if product.made for c in product.made.countries)
        ],
        ProductUPCs=[
            feed.ProductUpc(UPC=entry.value)
            for product in here
            for entry in product.identifiers
            if entry.gtin
        ],
        Hazards=[feed.Hazard(Name=_told(notice.hazard))],
        Remedies=[feed.Remedy(Name=_told(_remedy(notice)))],
        RemedyOptions=[
            feed.RemedyOption(Option=option)
            for option in _once(OPTION[r.kind] for r in notice.remedies if _is_offered(r.countries))
        ],
    )


def _told(text: str) -> str:
    return escape(text, quote=False)


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _midnight(day: date | datetime) -> str:
    return f"{day:%Y-%m-%d}T00:00:00"


def _is_offered(countries: tuple[str, ...]) -> bool:
    return UNITED_STATES in countries


def _sold_here(published: Published) -> list[Product]:
    """The products sold in the United States; all, where the file says so of none."""
    products = list(published.document.products)
    here = [product for product in products if UNITED_STATES in product.sold.countries]
    return here or products


def _description(product: NoticedProduct) -> str:
    return f"{product.name}, model {product.model}: {product.description}"


def _contact(contact: Contact, url: str) -> str:
    free = "toll-free " if contact.phone_is_free else ""
    return (
        f"{contact.brand}: {free}{contact.phone_shown}, {contact.hours}; "
        f"e-mail {contact.email}; or online at {contact.online_service or url}."
    )


def _units(published: Published) -> str:
    """The units in words, with those of other countries in brackets, as the feed does it."""
    here, others = "", []
    for part in published.document.jurisdictions:
        if part.units is None:
            continue
        number = wording.number(part.units, ENGLISH)
        if part.country == UNITED_STATES:
            here = f"About {number}" if part.units_are_about else number
        else:
            about = "about " if part.units_are_about else ""
            others.append(f"{about}{number} in {wording.country_name(part.country, ENGLISH)}")
    return f"{here} (in addition, {wording.listed(others, ENGLISH)})" if here and others else here


def _products(published: Published, noticed: list[NoticedProduct]) -> list[feed.Product]:
    """The products. A recall states its units for all of them: they stand with the first."""
    return [
        feed.Product(
            Name=_told(product.name),
            Description=_told(product.description),
            Model=_told(product.model),
            Type=_told(product.kind),
            NumberOfUnits="" if place else _units(published),
        )
        for place, product in enumerate(noticed)
    ]


def _images(published: Published, noticed: list[NoticedProduct]) -> list[feed.Image]:
    """The pictures of the products, each once, those of whole products first."""
    pictures = [p for product in noticed for p in product.photos]
    pictures += [p for product in noticed for p in product.serial_photos]
    told = {picture.largest.digest: picture.words for picture in reversed(pictures)}
    return [
        feed.Image(URL=picture_address(published, digest), Caption=_told(told[digest]))
        for digest in _once(picture.largest.digest for picture in pictures)
    ]


def _injuries(notice: Notice) -> list[feed.Injury]:
    """What is known to have happened; nothing where the version does not speak of it."""
    return [feed.Injury(Name=_told(notice.incidents.summary))] if notice.incidents else []


def _companies(notice: Notice, role: CompanyRole) -> list[feed.Company]:
    named = [
        f"{company.name}, of {company.place}" if company.place else company.name
        for company in notice.companies
        if company.role is role
    ]
    if notice.firm_role is role:
        named.insert(0, notice.firm_legal_name or notice.firm)
    return [feed.Company(Name=_told(name)) for name in _once(named)]


def _retailers(products: list[Product]) -> list[str]:
    """A sentence for each way of selling: where, from when until when, for how much."""
    return _once(_sold(product) for product in products)


def _sold(product: Product) -> str:
    sold = product.sold
    since = format_date(sold.since, "MMMM yyyy", locale=ENGLISH)
    until = format_date(sold.until, "MMMM yyyy", locale=ENGLISH) if sold.until else ""
    through = f"from {since} through {until}" if until else f"since {since}"
    about = "about " if sold.price_is_about else ""
    price = f" for {about}{wording.money(sold.price, ENGLISH)}" if sold.price else ""
    return f"{wording.listed(sold.channels, ENGLISH)} {through}{price}."


def _remedy(notice: Notice) -> str:
    offered = [
        f"{remedy.title}: {'; '.join((remedy.explanation.rstrip('.'), *remedy.limits))}."
        for remedy in notice.remedies
        if _is_offered(remedy.countries)
    ]
    return " ".join((*notice.steps, *offered))
