"""Letters as a print file: one a page, for a window envelope.

Guarantees: the same letters make the same file; each begins on a page of its own and stands on one,
unless its words fit there at no size: these go on on the next, and none is cut; what is said is
data for the template, never its language; a letter's code and words fill in nothing personal where
they lead to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.utils.translation import gettext, override

from recalldesk.foundation.showable import showable
from recalldesk.notices.addresses import page_address
from recalldesk.notices.notice import Contact, Notice
from recalldesk.notices.papers.kinds import AMERICAN, Paper
from recalldesk.notices.papers.parts import Part, cell, cells, products_of, qr_of
from recalldesk.notices.papers.setting import LETTERS, as_pdf, as_pictures
from recalldesk.notices.papers.telling import RIGHT_TO_LEFT
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.wording import day, locale_of

MOST_LETTERS = 1_000
MOST_PRODUCTS = 3
"""So many are drawn; the letter's words name all."""
TYPST_NAMES = {Paper.LETTER: "us-letter", Paper.A4: "a4"}


@dataclass(frozen=True, repr=False)
class Letter:
    """One letter. `address`: its lines, the country last where it goes abroad; `products`: keys of
    those it is about; `brand`: the key of the one that speaks; `paragraphs`: without the link."""

    reference: str
    address: tuple[str, ...]
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    link: str
    brand: str
    products: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class PrintFile:
    """Letters of one recall for one size of paper, of one day. `title`: what the file is called."""

    title: str
    paper: Paper
    dated: date
    made_at: datetime
    published: Published
    letters: tuple[Letter, ...]


def paper_for(country: str) -> Paper:
    """What a country's printers and envelopes take."""
    return Paper.LETTER if country in AMERICAN else Paper.A4


def letters_as_pdf(file: PrintFile) -> bytes:
    """The PDF."""
    return as_pdf(LETTERS, told_of_letters(file))


def letters_as_pictures(file: PrintFile) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return as_pictures(LETTERS, told_of_letters(file))


def told_of_letters(file: PrintFile) -> Part:
    """Everything that the template is given."""
    notices = {each.language: notice_of(file.published, each.language) for each in file.letters}
    keys = dict.fromkeys(key for each in file.letters for key in each.products)
    return {
        "paper": TYPST_NAMES[file.paper],
        "language": "en",
        "right_to_left": False,
        "made_at": int(file.made_at.timestamp()),
        "title": showable(file.title),
        "brands": {each.key: _brand(each) for each in file.published.document.brands},
        "products": _products(file.published, notices, tuple(keys)),
        "letters": [_letter(each, file, notices[each.language]) for each in file.letters],
    }


def _brand(brand: Any) -> Part:
    logo = {"logo": brand.logo} if brand.logo else {}
    return {
        "name": cell(brand.name),
        "monogram": brand.monogram,
        "accent": brand.accent,
        **logo,
    }


def _products(
    published: Published, notices: dict[str, Notice], keys: Sequence[str]
) -> dict[str, Part]:
    """Each product once: its picture, and its words in each language of the file."""
    found: dict[str, Part] = {}
    for language, notice in notices.items():
        with override(notice.language):
            parts = products_of(published, notice)
        for told, part in zip(notice.products, parts, strict=True):
            if told.key in keys:
                one = found.setdefault(
                    told.key,
                    {"photos": part["photos"], "pictures": part["pictures"], "words": {}},
                )
                one["words"][language.partition("-")[0]] = {
                    "name": part["name"],
                    "model": part["model"],
                }
    return found


def _letter(letter: Letter, file: PrintFile, notice: Notice) -> Part:
    published = file.published
    language = notice.language.partition("-")[0]
    locale = locale_of(notice.language, published.document.countries[0])
    contact = _contact_of(letter, published, notice)
    firm = notice.firm_legal_name or notice.firm
    where = tuple(part.strip() for part in notice.firm_address.split(","))
    page = qr_of(page_address(published, notice.language))["address"]
    with override(notice.language):
        return {
            "language": language,
            "right_to_left": language in RIGHT_TO_LEFT,
            "brand": letter.brand,
            "reference": letter.reference,
            "reference_code": segno.make_qr(letter.reference, error="m").svg_inline(border=1),
            "return_to": cell(" · ".join((firm, *where))),
            "address": cells(*letter.address),
            "firm": cells(firm, *where),
            "reached": cells(contact.hours, contact.email),
            "phone": contact.phone_shown,
            "free": cell(gettext("free of charge") if contact.phone_is_free else ""),
            "day": cell(day(file.dated, locale)),
            "heading": cell(letter.headline),
            "paragraphs": cells(*letter.paragraphs),
            "products": list(letter.products[:MOST_PRODUCTS]),
            "qr": qr_of(letter.link),
            "answer": cell(gettext("Scan this code: claim, or tell us in one click.")),
            "nothing_personal": cell(gettext("It fills in nothing about you.")),
            "or_here": cell(gettext("Or type this address:")),
            "page": page,
            "or_call": cell(gettext("Or call")),
            "no_fee": cell(notice.no_fee),
        }


def _contact_of(letter: Letter, published: Published, notice: Notice) -> Contact:
    """The people behind the brand that speaks."""
    keys = [each.key for each in published.document.brands]
    return notice.contacts[keys.index(letter.brand)]
