"""From a recall's document to the shapes of the API, in one language."""

from typing import Any

from django.http import HttpRequest

from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import LiveRecall
from recalldesk.recalls.wording import fill, in_language


def _text(texts: dict[str, str], live: LiveRecall, language: str) -> str:
    return fill(in_language(texts, language)[0], live.document, language)


def recall_summary(live: LiveRecall, language: str, request: HttpRequest) -> dict[str, Any]:
    """A recall in a line."""
    path = f"/{language}/recalls/{live.slug}/"
    return {
        "recall": live.slug,
        "version": live.version,
        "headline": _text(live.document.texts.headline, live, language),
        "announced": live.document.announced,
        "closed_at": live.closed_at,
        "models": [product.model for product in live.document.products],
        "url": request.build_absolute_uri(path),
        "check_url": request.build_absolute_uri(f"{path}check"),
    }


def _product(product: Product, live: LiveRecall, language: str) -> dict[str, Any]:
    return {
        "model": product.model,
        "names": list(product.names),
        "variants": [_text(variant.name, live, language) for variant in product.variants],
        "sold_since": product.sold.since,
        "sold_until": product.sold.until,
        "channels": list(product.sold.channels),
        "serial_where": _text(product.serial.where, live, language),
    }


def recall_detail(live: LiveRecall, language: str, request: HttpRequest) -> dict[str, Any]:
    """A recall with all that its page says. The scope is never part of it."""
    document = live.document
    brand = document.brands[0]
    return recall_summary(live, language, request) | {
        "firm": document.firm.name,
        "summary": _text(document.texts.summary, live, language),
        "hazard": _text(document.texts.hazard, live, language),
        "what_to_do": [_text(text, live, language) for text in document.texts.stop],
        "products": [_product(product, live, language) for product in document.products],
        "jurisdictions": [
            {
                "country": jurisdiction.country,
                "units": jurisdiction.units,
                "units_are_about": jurisdiction.units_are_about,
                "regulator": jurisdiction.regulator,
                "case_number": jurisdiction.case_number,
            }
            for jurisdiction in document.jurisdictions
        ],
        "remedies": [
            {
                "title": _text(remedy.title, live, language),
                "explanation": _text(remedy.explanation, live, language),
                "countries": list(remedy.countries),
                "days": remedy.days,
            }
            for remedy in document.remedies
        ],
        "phone": brand.phone,
        "email": brand.email,
        "contacts": [
            {
                "brand": each.name,
                "models": [p.model for p in document.products if p.key in each.products],
                "phone": each.phone,
                "email": each.email,
            }
            for each in document.brands
        ],
        "published_at": live.published_at,
    }
