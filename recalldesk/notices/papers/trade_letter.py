"""What the letter to shops and distributors says: stop selling, why, and what to do with stock.

Guarantee: it names every product with the numbers that shops know it by; that a unit not yet
checked is to be treated as recalled; and the law where one of the recall's countries is the
United States. Nobody is asked to send anything before the firm has said how.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from recalldesk.notices.addresses import check_address
from recalldesk.notices.lines import number_in_words
from recalldesk.notices.notice import Notice, NoticedProduct
from recalldesk.notices.papers.parts import (
    Part,
    cell,
    cells,
    contact_of,
    fact,
    facts,
    photos,
    qr_of,
)
from recalldesk.notices.papers.until import post_until
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.wording import day, locale_of


def trade_letter(published: Published, notice: Notice, today: date, brand: Brand | None) -> Part:
    """The letter's own parts, in the language that is set."""
    firm = notice.firm_legal_name or notice.firm
    return {
        "sender": cells(firm, *(part.strip() for part in notice.firm_address.split(","))),
        "to": cell(gettext("To")),
        "day": cell(gettext("Date")),
        "subject": cell(gettext("Stop sale at once")),
        "sections": facts(*_sections(published, notice, today)),
        "identify": cell(gettext("Which products")),
        "columns": cells(gettext("Product"), gettext("Where the serial number stands")),
        "rows": [_row(product) for product in notice.products],
        "photos": [photos(product.photos[:1]) for product in notice.products],
        "qr": qr_of(check_address(published, notice.language, brand)),
        "questions": cell(gettext("Questions")),
        "contacts": [contact_of(each, notice) for each in notice.contacts],
        "signed": cell(firm),
        "enclosed": cell(gettext("Enclosed: the poster")),
    }


def public_duties(notice: Notice) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the letter says that anybody may read, as headings and sentences, in the language that
    is set. What a shop is to count and send stands in the letter alone.
    """
    return (
        (gettext("Stop selling"), tuple(_stop(notice))),
        (gettext("Which units"), tuple(_which())),
        (gettext("What owners bring back"), tuple(_returned())),
    )


def _row(product: NoticedProduct) -> list[list[Part]]:
    name = product.name if product.model == product.name else f"{product.name}, {product.model}"
    looks = ", ".join(product.looks)
    return [cells(name, product.brand, looks, *_numbers(product)), cells(product.serial_where)]


def _numbers(product: NoticedProduct) -> Iterator[str]:
    """A line for each shop, so that many numbers leave the letter on its page."""
    channels = dict.fromkeys(number.channel for number in product.numbers)
    for channel in channels:
        own = (n for n in product.numbers if n.channel == channel)
        yield f"{channel}: {', '.join(f'{number_in_words(n.kind)} {n.value}' for n in own)}"


def _sections(published: Published, notice: Notice, today: date) -> Iterator[Part]:
    yield fact(gettext("Stop selling"), *_stop(notice))
    yield fact(gettext("Why"), notice.hazard)
    yield fact(gettext("Which units"), *_which())
    yield fact(gettext("Your stock"), *_stock())
    yield fact(gettext("What owners bring back"), *_returned())
    yield fact(gettext("Tell your customers"), *_passing_on(published, notice, today))


def _stop(notice: Notice) -> Iterator[str]:
    yield gettext(
        "Stop selling, renting out and giving away these products now, in shops, online and as used"
        " or refurbished goods. Stop deliveries that are under way."
    )
    if any(country.code == "US" for country in notice.countries):
        yield gettext(
            "In the United States it is unlawful to sell, offer for sale or distribute a recalled"
            " product: 15\u00a0U.S.C.\u00a02068(a)(2)(B)."
        )


def _which() -> Iterator[str]:
    yield gettext("Check the serial number of each unit at the address below.")
    yield gettext("Treat a unit that was not checked, or cannot be read, as recalled.")


def _stock() -> Iterator[str]:
    yield gettext("Take all units from shelves, displays and listings.")
    yield gettext("Keep them apart, locked and marked “Recalled: do not sell”.")
    yield gettext("Count them by model and tell us how many you have, also if you have none.")
    yield gettext("Do not ship, repair or throw away any unit before we have told you how.")


def _returned() -> Iterator[str]:
    yield gettext("Never put a returned unit back on sale. Keep it with the recalled stock.")
    yield gettext(
        "Send owners to the address below: the remedy comes from us and costs them nothing."
    )


def _passing_on(published: Published, notice: Notice, today: date) -> Iterator[str]:
    locale = locale_of(notice.language, published.document.countries[0])
    until = post_until(
        today, published.published_at.date(), notice.announced or published.published_at.date()
    )
    yield gettext(
        "Hang the poster where customers see it, at the entrance and where the products were sold,"
        " until %(day)s."
    ) % {"day": day(until, locale)}
    yield gettext("Pass this letter on to everybody whom you supplied.")
