"""The text that a shop sends in its own name.

Guarantees: it says "Safety recall" in its subject, names the product, the hazard and what to do,
and leads to the recall's public page; nothing in it is of one person: any shop may send it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.notices.addresses import page_address
from recalldesk.notices.notice import NoticedProduct
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


def standard_text(
    published: Published,
    *,
    language: str,
    shop: str,
    products: Collection[str] = (),
    weak: bool = False,
) -> ShopText:
    """The text to start from, in the language or in the nearest that the recall has. `products`:
    keys of those on the list, all where none is named; `weak`: some perhaps bought none of them."""
    notice = notice_of(published, language)
    locale = locale_of(notice.language, published.document.countries[0])
    meant = [each for each in notice.products if each.key in products] or list(notice.products)
    named = listed([_named(each) for each in meant], locale)
    contact = notice.contacts[0]
    with override(notice.language):
        pieces = (
            gettext("Dear customer,"),
            _why(is_one=len(meant) == 1, weak=weak)
            % {"product": named, "shop": shop, "firm": notice.firm},
            gettext("The hazard") + f": {notice.hazard}",
            "\n".join((gettext("What to do now") + ":", *(f"- {each}" for each in notice.steps))),
            gettext("Check yours, and claim what you get for it: %(page)s")
            % {"page": page_address(published, notice.language)},
            gettext("Or call %(firm)s: %(phone)s, %(hours)s.")
            % {"firm": notice.firm, "phone": contact.phone_shown, "hours": contact.hours},
            gettext("You no longer have it? Please pass this on to whoever has it now."),
            notice.no_fee,
            shop,
        )
        subject = f"{opening_words()}: {named}"
    return ShopText(notice.language, subject[:LONGEST_SUBJECT], "\n\n".join(pieces))


def _why(*, is_one: bool, weak: bool) -> str:
    """Why the shop writes, in the language that is set: never more than its order says."""
    if weak and is_one:
        return gettext(
            "You may have bought %(product)s from us, %(shop)s. %(firm)s recalls it for your "
            "safety."
        )
    if weak:
        return gettext(
            "You may have bought one of these from us, %(shop)s: %(product)s. %(firm)s recalls "
            "them for your safety."
        )
    if is_one:
        return gettext(
            "You bought %(product)s from us, %(shop)s. %(firm)s recalls it for your safety."
        )
    return gettext(
        "You bought one of these from us, %(shop)s: %(product)s. %(firm)s recalls them for your "
        "safety."
    )


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


def _named(product: NoticedProduct) -> str:
    has_brand = product.name.casefold().startswith(product.brand.casefold())
    name = product.name if has_brand else f"{product.brand} {product.name}"
    return f"{name} ({product.model})"
