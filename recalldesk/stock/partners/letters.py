"""What is written to partners, in their language.

Guarantees: a letter names the recall, its products and a day, and no serial, count or person; the
link in it opens the page of the partner to whose address it goes, and of nobody else.
"""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext, override

from recalldesk.accounts.models import Partner
from recalldesk.claims.brands import site_of
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.sites import site_at
from recalldesk.mailing.states import Purpose
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recall
from recalldesk.sealing.fields_of_rows import opened

COUNTRY_OF_THE_LAW = "US"


def mail_partner_link(*, partner: Partner, token: str) -> Mailing:
    """The link to the partner's own page."""
    recall = _last_recall(partner)
    brand = _first_brand(recall)
    with override(partner.language):
        letter = Letter(
            subject=gettext("Your page for our product recalls"),
            language=partner.language,
            signed=_signed(brand),
            paragraphs=(
                gettext("To %(firm)s") % {"firm": partner.name},
                gettext(
                    "Here you see what we ask of you, tell us how many units you have, and check"
                    " serial numbers:"
                ),
            ),
            button=(gettext("Open our page"), _link(brand, token)),
            closing=(_keep_it(), _not_you()),
            is_right_to_left=get_language_bidi(),
        )
        return _sent(partner, recall, letter, Purpose.PARTNER_LINK)


def mail_stop_sale(
    *, partner: Partner, recall: Recall, document: Document, answer_by: date, token: str
) -> Mailing:
    """That the partner must stop selling, what, why, and by when to answer."""
    brand = document.brands[0]
    with override(partner.language):
        products = _products(document, partner)
        letter = Letter(
            subject=gettext("Stop sale now: %(products)s") % {"products": products},
            language=partner.language,
            signed=_signed(brand),
            paragraphs=(
                gettext("To %(firm)s") % {"firm": partner.name},
                gettext("%(brand)s recalls: %(products)s.")
                % {"brand": brand.name, "products": products},
                wording.said(document.texts.hazard, document, partner.language),
                *_duties(document),
                gettext("Answer by %(day)s, also if you have none.")
                % {"day": _day(answer_by, document, partner)},
            ),
            button=(gettext("Tell us that you stopped selling"), _link(brand, token)),
            points=(
                gettext("Take all units from shelves, displays and listings, and keep them apart."),
                gettext("Tell us how many units you have. Do not ship or throw away any yet."),
                gettext("On that page you can check serial numbers, one or many."),
                gettext("You find the letter for shops and the poster there as PDF."),
            ),
            closing=(_keep_it(), _not_you()),
            is_right_to_left=get_language_bidi(),
        )
        return _sent(partner, recall, letter, Purpose.STOP_SALE, brand)


def mail_reminder(
    *,
    partner: Partner,
    recall: Recall,
    document: Document,
    answer_by: date,
    is_late: bool,
    token: str,
) -> Mailing:
    """The same once more, to one who has not answered."""
    brand = document.brands[0]
    with override(partner.language):
        products = _products(document, partner)
        day = _day(answer_by, document, partner)
        subject = (
            gettext("We wait for your answer: stop sale of %(products)s")
            if is_late
            else gettext("Please answer: stop sale of %(products)s")
        )
        said = (
            gettext("We asked you to answer by %(day)s, and have not heard from you.")
            if is_late
            else gettext("We asked you to answer by %(day)s.")
        )
        letter = Letter(
            subject=subject % {"products": products},
            language=partner.language,
            signed=_signed(brand),
            paragraphs=(
                gettext("To %(firm)s") % {"firm": partner.name},
                gettext("%(brand)s recalls: %(products)s.")
                % {"brand": brand.name, "products": products},
                *_duties(document),
                said % {"day": day},
            ),
            button=(gettext("Tell us that you stopped selling"), _link(brand, token)),
            closing=(
                gettext("Once you have answered, we do not ask for this again."),
                _not_you(),
            ),
            is_right_to_left=get_language_bidi(),
        )
        return _sent(partner, recall, letter, Purpose.STOP_SALE_AGAIN, brand)


def _duties(document: Document) -> tuple[str, ...]:
    """What must be done now, with the law where one of the recall's countries has it."""
    stop = gettext(
        "Stop selling, renting out and giving away these products now, in shops, online and as used"
        " or refurbished goods. Stop deliveries that are under way."
    )
    if COUNTRY_OF_THE_LAW not in document.countries:
        return (stop,)
    law = gettext(
        "In the United States it is unlawful to sell, offer for sale or distribute a recalled"
        " product: 15\u00a0U.S.C.\u00a02068(a)(2)(B)."
    )
    return (stop, law)


def _products(document: Document, partner: Partner) -> str:
    names = [
        product.names[0]
        if product.model == product.names[0]
        else f"{product.names[0]} ({product.model})"
        for product in document.products
    ]
    return wording.listed(names, wording.locale_of(partner.language, document.countries[0]))


def _day(day: date, document: Document, partner: Partner) -> str:
    return wording.day(day, wording.locale_of(partner.language, document.countries[0]))


def _link(brand: Brand | None, token: str) -> str:
    site = site_of(brand) if brand else site_at(settings.ENVIRONMENT.public_address)
    return site + reverse("portal:partner_link", args=[token])


def _signed(brand: Brand | None) -> str:
    if brand is None:
        return gettext("The recall desk")
    return gettext("%(brand)s recall desk, %(phone)s") % {
        "brand": brand.name,
        "phone": brand.phone_shown,
    }


def _keep_it() -> str:
    return gettext("The link is yours alone, for 30 days. Please do not pass it on.")


def _not_you() -> str:
    return gettext("Is this not for you? Then please write to us.")


def _last_recall(partner: Partner) -> Recall | None:
    """Of which it was told last: its brand is known to it."""
    notice = partner.stop_sales.select_related("recall").order_by("-pk").first()
    return notice.recall if notice else None


def _first_brand(recall: Recall | None) -> Brand | None:
    live = live_recall(recall.slug) if recall else None
    return live.document.brands[0] if live else None


def _sent(
    partner: Partner,
    recall: Recall | None,
    letter: Letter,
    purpose: Purpose,
    speaker: Brand | None = None,
) -> Mailing:
    return write_mail(
        recall=recall,
        to=opened(partner, "sealed_email"),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=partner.language,
        purpose=purpose,
        speaker=speaker,
    )
