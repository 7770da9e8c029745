"""A notice as labelled lines, one for each thing that it says, in the order of the page.

Guarantee: every text and figure of the notice stands in one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.notices.notice import Company, Contact, Notice, NoticedProduct, NoticedRemedy
from recalldesk.recalls.document.firm import CompanyRole


@dataclass(frozen=True)
class Line:
    """One thing. `key` names it in every version and language; several lines are a list."""

    key: str
    label: str
    text: str


def lines_of(notice: Notice) -> tuple[Line, ...]:
    """All lines that say something, in the language of the notice."""
    with override(notice.language):
        return tuple(Line(key, label, text) for key, label, text in _lines(notice) if text)


def as_text(notice: Notice) -> str:
    """The notice as plain text, for a terminal or a letter."""
    paragraphs = []
    for line in lines_of(notice):
        entries = line.text.split("\n")
        several = "".join(f"\n- {entry}" for entry in entries)
        paragraphs.append(
            f"{line.label}: {line.text}" if len(entries) == 1 else line.label + several
        )
    return "\n\n".join(paragraphs)


def role_in_words(role: CompanyRole) -> str:
    """What a company did with the products."""
    return {
        CompanyRole.MANUFACTURER: gettext("Manufacturer"),
        CompanyRole.IMPORTER: gettext("Importer"),
        CompanyRole.DISTRIBUTOR: gettext("Distributor"),
        CompanyRole.RETAILER: gettext("Retailer"),
    }[role]


def number_in_words(kind: str) -> str:
    """What a shop's number is called."""
    words = {"item_number": gettext("Item number"), "title": gettext("Sold as")}
    return words.get(kind, kind.upper())


Triple = tuple[str, str, str]


def _lines(notice: Notice) -> Iterator[Triple]:
    yield "heading", gettext("Heading"), notice.heading
    yield "headline", gettext("Recall"), notice.headline
    yield "announced", gettext("Announced on"), notice.announced_shown
    yield "number", gettext("Recall number"), notice.recall_number
    yield "summary", gettext("In short"), notice.summary
    yield "hazard", gettext("The hazard"), notice.hazard
    yield from _incidents(notice)
    yield "steps", gettext("What to do now"), "\n".join(notice.steps)
    yield "keep", gettext("Until it is gone"), "\n".join(notice.keep)
    for product in notice.products:
        yield from _product(product)
    for country in notice.countries:
        key = f"country {country.code}"
        yield f"{key} units", f"{gettext('Units')}, {country.name}", country.units
        together = f"{gettext('Together with')}, {country.name}"
        yield f"{key} regulator", together, country.regulator
        yield f"{key} case", f"{gettext('Case')}, {country.name}", country.case_number
        address = f"{gettext('The authority’s page')}, {country.name}"
        yield f"{key} page", address, country.notice_address
        emergency = f"{gettext('Emergency')}, {country.name}"
        yield f"{key} emergency", emergency, country.emergency_number
    yield "remedies", gettext("What you get"), "\n".join(_remedy(each) for each in notice.remedies)
    yield "decided", gettext("How soon"), notice.decided_within
    yield "receipt", gettext("Receipt"), notice.receipt
    yield "disposal", gettext("Getting rid of it"), "\n".join(notice.disposal)
    yield "never", gettext("Never"), "\n".join(notice.never)
    for entry in notice.answers:
        yield f"question {entry.question}", entry.question, entry.answer
    yield from _companies(notice)
    for contact in notice.contacts:
        label = f"{gettext('Talk to a person')}, {contact.brand}"
        yield f"contact {contact.brand}", label, _contact(contact)
    yield "share", gettext("Pass it on"), notice.share
    yield "fee", gettext("No fee"), notice.no_fee


def _incidents(notice: Notice) -> Iterator[Triple]:
    known = notice.incidents
    if known is not None:
        said = f"{known.summary} ({gettext('as of')} {known.as_of_shown})"
        yield "incidents", gettext("What happened"), said
        yield "ages", gettext("Ages of the people hurt"), known.ages
        yield "reported", gettext("Reported to the authority"), known.reported


def _product(product: NoticedProduct) -> Iterator[Triple]:
    key = f"product {product.key}"

    def named(label: str) -> str:
        return f"{product.name}, {product.model}: {label}"

    yield key, f"{product.name}, {product.model}", product.description
    pictures = "\n".join(picture.words for picture in product.pictures)
    yield f"{key} pictures", named(gettext("pictures")), pictures
    yield f"{key} brand", named(gettext("brand")), product.brand
    yield f"{key} names", named(gettext("also sold as")), ", ".join(product.names[1:])
    yield f"{key} kind", named(gettext("kind")), product.kind
    yield f"{key} looks", named(gettext("looks")), ", ".join(product.looks)
    yield f"{key} serial", named(gettext("serial number")), product.serial_where
    numbers = (f"{number_in_words(n.kind)} {n.value} ({n.channel})" for n in product.numbers)
    yield f"{key} numbers", named(gettext("numbers")), "\n".join(numbers)
    yield f"{key} made", named(gettext("made")), product.made
    yield f"{key} made in", named(gettext("made in")), product.made_in
    yield f"{key} sold", named(gettext("sold")), product.sold
    yield f"{key} sold in", named(gettext("sold in")), product.sold_in
    yield f"{key} sold by", named(gettext("sold by")), product.sold_by
    yield f"{key} price", named(gettext("price")), product.price


def _remedy(remedy: NoticedRemedy) -> str:
    return f"{remedy.title}. {remedy.explanation} {'. '.join(remedy.limits)}."


def _companies(notice: Notice) -> Iterator[Triple]:
    firm = notice.firm_legal_name or notice.firm
    role = f" ({role_in_words(notice.firm_role).lower()})" if notice.firm_role else ""
    said = f"{firm}{role}, {notice.firm_address}, {notice.firm_website}"
    yield "firm", gettext("Recalled by"), said
    for role_of in CompanyRole:
        named = [company_in_words(c) for c in notice.companies if c.role is role_of]
        yield f"companies {role_of}", role_in_words(role_of), "\n".join(named)


def company_in_words(company: Company) -> str:
    """Its name, where it sits, and what it is about where that is not all."""
    place = f", {company.place}" if company.place else ""
    about = f" ({', '.join(company.products)})" if company.products else ""
    return f"{company.name}{place}{about}"


def _contact(contact: Contact) -> str:
    free = f" ({gettext('free of charge')})" if contact.phone_is_free else ""
    online = f"\n{contact.online_service}" if contact.online_service else ""
    return f"{contact.phone_shown}{free}\n{contact.hours}\n{contact.email}{online}"
