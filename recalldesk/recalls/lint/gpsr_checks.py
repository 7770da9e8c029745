"""What a recall file lacks of what the GPSR, Art. 36 and 37, ask of a recall notice.

Each function yields one lack for each place where something is missing.
"""

from collections.abc import Iterator

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.recalls.document.text_checks import texts_of
from recalldesk.recalls.lint.countries import UNITED_KINGDOM, languages_of, places_under_gpsr
from recalldesk.recalls.lint.findings import Lack
from recalldesk.recalls.lint.softeners import no_accidents_in
from recalldesk.recalls.lint.words import AT_ONCE, IS_GPSR_HEADING, STOP_USING

OWED = frozenset({RemedyKind.REPAIR, RemedyKind.REPLACEMENT, RemedyKind.REFUND})
"""The remedies of Art. 37(2); a gift card is none of them."""


def no_official_language(document: Document) -> Iterator[Lack]:
    """Countries in none of whose languages the recall speaks."""
    for _, country in places_under_gpsr(document):
        official = languages_of(country)
        if not set(official) & set(document.languages):
            yield (
                ("languages",),
                f"holds no official language of {country} ({', '.join(official)})",
            )


def no_heading(document: Document) -> Iterator[Lack]:
    """Languages without the heading that the Regulation words."""
    heading = document.texts.notice_heading
    if heading is None:
        yield ("texts", "notice_heading"), "is missing"
        return
    for language, text in heading.items():
        if not IS_GPSR_HEADING[language].fullmatch(text):
            yield ("texts", "notice_heading", language), f"reads {text!r}"


def no_photograph(document: Document) -> Iterator[Lack]:
    """Products shown in a drawing only."""
    for place, product in enumerate(document.products):
        if all(each.shows_serial for each in product.photographs):
            yield ("products", place, "photographs"), f"is missing: {product.model} is only drawn"


def no_accidents_said(document: Document) -> Iterator[Lack]:
    """Texts that say that nothing was reported."""
    for path, texts in texts_of(document):
        for language, text in texts.items():
            for said in no_accidents_in(language, text):
                yield (*path, language), f"says {said!r}"


def not_told_to_stop_at_once(document: Document) -> Iterator[Lack]:
    """Languages in which nobody is told to stop using it, and at once."""
    for language in document.languages:
        steps = [step.get(language, "") for step in document.texts.stop]
        told = [step for step in steps if STOP_USING[language].search(step)]
        if not told:
            yield ("texts", "stop"), f"does not say, in {language}, to stop using it"
        elif not any(AT_ONCE[language].search(step) for step in told):
            yield ("texts", "stop"), f"does not say, in {language}, to stop using it at once"


def fewer_than_two_remedies(document: Document) -> Iterator[Lack]:
    """Countries where owners cannot choose between two of repair, replacement and refund."""
    for place, country in places_under_gpsr(document):
        offered = {r.kind for r in document.remedies if country in r.countries}
        owed = sorted(offered & OWED)
        if len(owed) < 2:
            counted = f"only {owed[0].replace('_', ' ')}" if owed else "none of these"
            card = "; a gift card does not count" if RemedyKind.GIFT_CARD in offered else ""
            yield (
                ("jurisdictions", place),
                f"can choose {counted}, of repair, replacement and refund{card}",
            )


def refund_below_the_price(document: Document) -> Iterator[Lack]:
    """Refunds of less than a product cost where they are offered."""
    places = {country for _, country in places_under_gpsr(document)}
    for place, remedy in enumerate(document.remedies):
        value = remedy.value
        if remedy.kind is not RemedyKind.REFUND or value is None:
            continue
        for product in document.products:
            price = product.sold.price
            here = places & set(remedy.countries) & set(product.sold.countries)
            if here and price and price.currency == value.currency and value.amount < price.amount:
                yield (
                    ("remedies", place, "value"),
                    f"is {value.amount} {value.currency}, less than {product.model} cost,"
                    f" {price.amount}",
                )


def no_free_contact(document: Document) -> Iterator[Lack]:
    """Brands that give neither a free phone number nor an interactive service."""
    for place, brand in enumerate(document.brands):
        if not brand.phone_is_free and brand.online_service is None:
            yield (
                ("brands", place),
                "gives neither a phone number said to be free nor an online service",
            )


def no_invitation(document: Document) -> Iterator[Lack]:
    """No invitation to pass it on."""
    if document.texts.share is None:
        yield ("texts", "share"), "is missing: nobody is asked to pass it on"


def northern_ireland_unknown(document: Document) -> Iterator[Lack]:
    """Not said whether it was sold in Northern Ireland."""
    for place, jurisdiction in enumerate(document.jurisdictions):
        if jurisdiction.country == UNITED_KINGDOM and jurisdiction.northern_ireland is None:
            yield (
                ("jurisdictions", place, "northern_ireland"),
                "is missing: the GPSR binds in Northern Ireland, not in Great Britain",
            )
