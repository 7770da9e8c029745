"""The places in the words of a wave, and what stands in them for one notice.

Guarantee: what is filled in comes from the recall, the brand and the purchases that the notice
names; never a name, an address or a serial.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext, override

from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand

PLACE = re.compile(r"\{([a-z_]*)\}")
PLACES: Mapping[str, str] = {
    "why": "Why the reader is written to, with product, shop and day of each purchase",
    "bought": "Product, shop and day of each purchase",
    "product": "The products' names",
    "hazard": "The hazard, as the recall says it",
    "stop_using": "What to do at once, as the recall says it",
    "danger_question": "The question whether the unit is dangerous now",
    "recall_title": "The recall's headline",
    "recall_number": "The authority's number of the recall, if there is one",
    "link": "The reader's own link",
    "firm": "The firm that recalls",
    "brand": "The brand under which the product was sold",
    "phone": "The brand's telephone number",
    "hours": "When it is answered",
    "email": "The brand's e-mail address",
}


@dataclass(frozen=True)
class BoughtThing:
    """A purchase as a notice names it. `shop`: empty for a registration, where no file names the
    shop, or where an earlier owner told of it; `is_registered`: it is a registration."""

    product: str
    units: int
    shop: str = ""
    day: date | None = None
    is_registered: bool = False


def places_in(text: str) -> tuple[str, ...]:
    """Names that stand in braces, each once."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what stands in its places; a place that is none stays as it is."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def values_for(
    document: Document,
    brand: Brand,
    *,
    language: str,
    country: str,
    things: Sequence[BoughtThing],
    why: str,
    link: str,
) -> dict[str, str]:
    """What stands in each place. `why`: with `{bought}` in it."""
    with override(language):
        bought = bought_in_words(document, things, language, country)
        names = [product_name(document, each.product) for each in things] or [
            product_name(document, each.key) for each in document.products
        ]
        locale = wording.locale_of(language, country)
        danger = document.danger
        return {
            "why": why.replace("{bought}", bought),
            "bought": bought,
            "product": wording.listed(list(dict.fromkeys(names)), locale),
            "hazard": wording.said(document.texts.hazard, document, language),
            "stop_using": " ".join(
                wording.said(each, document, language) for each in document.texts.stop
            ),
            "danger_question": wording.said(danger.question, document, language)
            if danger
            else gettext(
                "Is it hot, swollen, leaking or smoking, or has it burned or hurt someone?"
            ),
            "recall_title": wording.said(document.texts.headline, document, language),
            "recall_number": document.recall_number,
            "link": link,
            "firm": document.firm.name,
            "brand": brand.name,
            "phone": brand.phone_shown,
            "hours": wording.said(brand.hours, document, language),
            "email": brand.email,
        }


def bought_in_words(
    document: Document, things: Sequence[BoughtThing], language: str, country: str
) -> str:
    """Each purchase with shop and day, behind one another."""
    locale = wording.locale_of(language, country)
    said = []
    for thing in things:
        day = wording.day(thing.day, locale) if thing.day else ""
        names = {"product": product_name(document, thing.product), "shop": thing.shop, "day": day}
        if thing.shop and day:
            words = gettext("%(product)s, bought at %(shop)s on %(day)s") % names
        elif thing.shop:
            words = gettext("%(product)s, bought at %(shop)s") % names
        elif day and not thing.is_registered:
            words = gettext("%(product)s, ordered on %(day)s") % names
        elif day:
            words = gettext("%(product)s, registered on %(day)s") % names
        else:
            words = names["product"]
        if thing.units > 1:
            units = ngettext("%(count)s unit", "%(count)s units", thing.units)
            words += f" ({units % {'count': wording.number(thing.units, locale)}})"
        said.append(words)
    return "; ".join(said)


def product_name(document: Document, key: str) -> str:
    """As an owner knows it, with its model where the name does not say it."""
    product = document.product_by_key.get(key)
    if product is None:
        return key
    name = product.names[0]
    return name if product.model.casefold() in name.casefold() else f"{name} {product.model}"
