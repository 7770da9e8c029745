"""What the press release says: the facts of the recall, and nothing about anything else.

Guarantee: every figure and date is the notice's; incidents stand with the day of which they are.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from recalldesk.notices.addresses import check_address, page_address
from recalldesk.notices.lines import company_in_words, number_in_words, role_in_words
from recalldesk.notices.notice import Contact, Notice, NoticedProduct, NoticedRemedy
from recalldesk.notices.papers.parts import Part, cell, fact, facts, photos
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand, CompanyRole


def press_release(published: Published, notice: Notice, _today: date, brand: Brand | None) -> Part:
    """The release's own parts, in the language that is set."""
    return {
        "kind": cell(gettext("Press release")),
        "day": cell(
            notice.announced_shown and f"{gettext('Announced on')} {notice.announced_shown}"
        ),
        "summary": cell(notice.summary),
        "photos": photos(picture for product in notice.products for picture in product.photos[:1]),
        "facts": facts(*_facts(published, notice, brand)),
        "end": fact(
            gettext("The whole notice"), page_address(published, notice.language).rstrip("/")
        ),
    }


def _facts(published: Published, notice: Notice, brand: Brand | None) -> Iterator[Part]:
    yield fact(gettext("The hazard"), notice.hazard)
    yield _incidents(notice)
    yield fact(
        gettext("Units"),
        *(f"{country.name}: {country.units}" for country in notice.countries if country.units),
    )
    for product in notice.products:
        yield fact(_named(product), *_product(product))
    yield fact(
        gettext("What to do now"),
        gettext("Do not use yours until you have checked it."),
        *notice.steps,
        steps=True,
    )
    check = check_address(published, notice.language, brand)
    yield fact(gettext("Check a unit at"), check)
    remedies = (_remedy(remedy) for remedy in notice.remedies)
    yield fact(gettext("What you get"), *remedies, steps=True)
    contacts = (line for each in notice.contacts for line in _contact(each, notice))
    yield fact(gettext("Contact"), *contacts)
    yield fact(gettext("Recalled by"), _firm(notice))
    for role in CompanyRole:
        named = (company_in_words(each) for each in notice.companies if each.role is role)
        yield fact(role_in_words(role), *named)
    yield fact(gettext("Recall number"), notice.recall_number)
    yield fact(
        gettext("Together with"),
        *(
            " ".join(
                part
                for part in (
                    f"{country.name}: {country.regulator}",
                    country.case_number,
                    country.notice_address,
                )
                if part
            )
            for country in notice.countries
        ),
    )


def _incidents(notice: Notice) -> Part:
    known = notice.incidents
    if known is None:
        return fact(gettext("What happened"))
    return fact(
        gettext("What happened"),
        f"{known.summary} ({gettext('as of')} {known.as_of_shown})",
        f"{gettext('Ages of the people hurt')}: {known.ages}" if known.ages else "",
        f"{gettext('Reported to the authority')}: {known.reported}" if known.reported else "",
    )


def _named(product: NoticedProduct) -> str:
    return product.name if product.model == product.name else f"{product.name}, {product.model}"


def _product(product: NoticedProduct) -> Iterator[str]:
    yield product.description
    labelled = (
        (gettext("brand"), product.brand),
        (gettext("also sold as"), ", ".join(product.names[1:])),
        (gettext("looks"), ", ".join(product.looks)),
        (gettext("sold"), f"{product.sold}, {product.sold_in}"),
        (gettext("sold by"), product.sold_by),
        (gettext("price"), product.price),
        (gettext("made"), product.made),
        (gettext("made in"), product.made_in),
        (
            gettext("numbers"),
            ", ".join(
                f"{number_in_words(n.kind)} {n.value} ({n.channel})" for n in product.numbers
            ),
        ),
    )
    for label, text in labelled:
        if text:
            yield f"{label.capitalize()}: {text}"


def _remedy(remedy: NoticedRemedy) -> str:
    limits = f" {'. '.join(remedy.limits)}." if remedy.limits else ""
    return f"{remedy.title}. {remedy.explanation}{limits}"


def _contact(contact: Contact, notice: Notice) -> Iterator[str]:
    brand = f"{contact.brand}: " if len(notice.contacts) > 1 else ""
    free = f" ({gettext('free of charge')})" if contact.phone_is_free else ""
    yield f"{brand}{contact.phone_shown}{free}, {contact.hours}"
    yield contact.email


def _firm(notice: Notice) -> str:
    firm = notice.firm_legal_name or notice.firm
    return f"{firm}, {notice.firm_address}, {notice.firm_website}"
