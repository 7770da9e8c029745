"""The text that a shop sends in its own name.

Guarantees: it says "Safety recall" in its subject, names the product, the hazard and what to do,
and leads to the recall's public page; nothing in it is of one person: any shop may send it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.notices.addresses import page_address
from recalldesk.notices.notice import Notice
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.outreach.shops.errors import TellingRefused
from recalldesk.recalls.wording import listed, locale_of

LONGEST_SUBJECT = 200
LONGEST_BODY = 10_000


@dataclass(frozen=True)
class ShopText:
    """A subject and a body in one language."""

    language: str
    subject: str
    body: str


def standard_text(published: Published, *, language: str, shop: str) -> ShopText:
    """The text to start from, in the language or in the nearest that the recall has."""
    notice = notice_of(published, language)
    locale = locale_of(notice.language, published.document.countries[0])
    products = listed([_named(notice, n) for n in range(len(notice.products))], locale)
    with override(notice.language):
        subject = f"{opening_words()}: {products}"
        pieces = (
            gettext("Dear customer,"),
            gettext(
                "You bought %(product)s from us, %(shop)s. %(firm)s recalls it for your safety."
            )
            % {"product": products, "shop": shop, "firm": notice.firm},
            gettext("The hazard") + f": {notice.hazard}",
            "\n".join((gettext("What to do now") + ":", *(f"- {each}" for each in notice.steps))),
            gettext("Check yours, and claim what you get for it: %(page)s")
            % {"page": page_address(published, notice.language)},
            gettext("Or call %(firm)s: %(phone)s, %(hours)s.")
            % {
                "firm": notice.firm,
                "phone": notice.contacts[0].phone_shown,
                "hours": notice.contacts[0].hours,
            },
            gettext("You no longer have it? Please pass this on to whoever has it now."),
            notice.no_fee,
            shop,
        )
    return ShopText(notice.language, subject[:LONGEST_SUBJECT], "\n\n".join(pieces))


def checked_text(published: Published, text: ShopText) -> ShopText:
    """The same without space around it. Raises TellingRefused where it is no notice of the recall:
    what a shop sends says that it is one, and where to go."""
    subject, body = " ".join(text.subject.split()), text.body.replace("\r\n", "\n").strip()
    with override(text.language):
        words = opening_words()
    if not subject or len(subject) > LONGEST_SUBJECT or words.casefold() not in subject.casefold():
        raise TellingRefused(
            f"The subject does not say “{words}”.", "Begin with these words, so that it is read."
        )
    if not body or len(body) > LONGEST_BODY:
        raise TellingRefused("The text is empty or too long.", "Say what to do, in few words.")
    page = page_address(published, text.language)
    if page not in body:
        raise TellingRefused(
            "The text does not lead to the page of the recall.", f"Name its address: {page}"
        )
    return ShopText(text.language, subject, body)


def opening_words() -> str:
    """With what a subject begins, in the language that is set."""
    return gettext("Safety recall")


def _named(notice: Notice, place: int) -> str:
    product = notice.products[place]
    has_brand = product.name.casefold().startswith(product.brand.casefold())
    name = product.name if has_brand else f"{product.brand} {product.name}"
    return f"{name} ({product.model})"
