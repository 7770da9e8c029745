"""The notice in the terms of schema.org, for programs that read pages.

Guarantee: only terms that schema.org has, and only what the notice says.
"""

from collections.abc import Callable
from typing import Any

from recalldesk.notices.notice import Contact, Notice, NoticedPicture, NoticedProduct
from recalldesk.recalls.document.firm import CompanyRole

CONTEXT = "https://schema.org"
GTIN = ("upc", "ean", "gtin")
Thing = dict[str, Any]


def linked_data(
    notice: Notice, *, address: str, picture_at: Callable[[str], str] | None = None
) -> Thing:
    """The page and what it is about; `address` is where the page is, `picture_at` tells where a
    picture of a product is, by its digest."""
    makers = [_company(c.name) for c in notice.companies if c.role is CompanyRole.MANUFACTURER]
    page: Thing = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "url": address,
        "name": notice.headline,
        "description": notice.summary,
        "abstract": notice.hazard,
        "inLanguage": notice.language,
        "version": str(notice.version),
        "dateModified": notice.published_at.isoformat(timespec="seconds"),
        "publisher": _publisher(notice),
        "about": [_product(product, makers, picture_at) for product in notice.products],
    }
    if notice.announced:
        page["datePublished"] = notice.announced.isoformat()
    if notice.answers:
        page["hasPart"] = {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": each.question,
                    "acceptedAnswer": {"@type": "Answer", "text": each.answer},
                }
                for each in notice.answers
            ],
        }
    return page


def _company(name: str) -> Thing:
    return {"@type": "Organization", "name": name}


def _publisher(notice: Notice) -> Thing:
    publisher = _company(notice.firm) | {
        "url": notice.firm_website,
        "address": notice.firm_address,
        "contactPoint": [_contact(contact) for contact in notice.contacts],
    }
    if notice.firm_legal_name:
        publisher["legalName"] = notice.firm_legal_name
    return publisher


def _contact(contact: Contact) -> Thing:
    point = {
        "@type": "ContactPoint",
        "name": contact.brand,
        "telephone": contact.phone,
        "email": contact.email,
        "description": contact.hours,
    }
    if contact.phone_is_free:
        point["contactOption"] = "https://schema.org/TollFree"
    if contact.online_service:
        point["url"] = contact.online_service
    return point


def _product(
    product: NoticedProduct, makers: list[Thing], picture_at: Callable[[str], str] | None
) -> Thing:
    described: Thing = {
        "@type": "Product",
        "name": product.name,
        "model": product.model,
        "brand": {"@type": "Brand", "name": product.brand},
        "category": product.kind,
        "description": product.description,
    }
    if product.names[1:]:
        described["alternateName"] = list(product.names[1:])
    gtins = [number.value for number in product.numbers if number.kind in GTIN]
    if gtins:
        described["gtin"] = gtins
    if makers:
        described["manufacturer"] = makers
    if picture_at and product.pictures:
        described["image"] = [_image(picture, picture_at) for picture in product.pictures]
    return described


def _image(picture: NoticedPicture, picture_at: Callable[[str], str]) -> Thing:
    size = picture.largest
    return {
        "@type": "ImageObject",
        "contentUrl": picture_at(size.digest),
        "caption": picture.words,
        "width": size.width,
        "height": size.height,
    }
