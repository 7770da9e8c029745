"""What a line says of a claim of the other system, read and judged before any row is looked at.

Guarantee: what cannot be told for sure is a reason, never a guess; a claim whose state there is one
in which nothing is decided waits for a person here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from recalldesk.claims.addresses import normal_address
from recalldesk.claims.contacts import LONGEST_NAME, normal_email, normal_phone
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.former_references import former_form
from recalldesk.claims.states import ClaimState
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.takeover.headings import ADDRESS_COLUMNS, plain
from recalldesk.takeover.remedies_said import RemedySaid, Terms, remedy_said, says_sent
from recalldesk.takeover.said import NotSaid, moment_of
from recalldesk.units.naming import LONGEST_SERIAL

S = ClaimState
TAKEN_AS: Mapping[str, ClaimState] = {
    **{plain(state.value): state for state in S if state is not S.DRAFT},
    "submitted": S.IN_REVIEW,
    "checking": S.IN_REVIEW,
}
"""Our words for where a claim stood. What nobody had decided, a person decides here."""
PAID = frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED})
OF_A_REMEDY = ("remedy_reference", "remedy_on")
"""Whoever says these of a remedy has moved it."""
SHORTENED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d+")
"""A number of many digits, as a spreadsheet shows it: many references look alike so."""
MOST_PHOTOS = 10
LONGEST_PHOTO = 200


@dataclass(frozen=True, repr=False)
class ClaimSaid:
    """A claim. `said`: its state in that system's word; `address`: None where none is whole;
    `offered`: the remedy that was chosen, where it is known."""

    line: int
    reference: str
    said: str
    state: ClaimState
    filed_at: datetime
    serial: str
    product: str
    name: str
    email: str
    phone: str
    country: str
    language: str
    offered: Offered | None
    remedy: RemedySaid | None
    address: Mapping[str, str] | None = None
    photos: tuple[str, ...] = field(default=())

    @property
    def is_paid(self) -> bool:
        """Whether that system says that its remedy is on its way, or there."""
        return self.state in PAID


def claim_said(line: Mapping[str, str], terms: Terms, number: int) -> ClaimSaid:
    """What it says. Raises NotSaid."""
    reference = line.get("reference", "")
    if not former_form(reference):
        raise NotSaid("has no reference, or one of more than 60 characters")
    if SHORTENED.fullmatch(reference):
        raise NotSaid("has a reference that a spreadsheet shortened: export it as text")
    said = terms.cell(line, "state")
    state = TAKEN_AS.get(plain(terms.part.meant("states", said)))
    if state is None:
        raise NotSaid("says a state of the claim that the mapping does not know")
    serial = line.get("serial", "")
    if len(serial) > LONGEST_SERIAL:
        raise NotSaid("has a serial that is too long")
    country = _country(line, terms)
    remedy = remedy_said(line, terms, country)
    if remedy is None and state not in PAID and any(line.get(name) for name in OF_A_REMEDY):
        raise NotSaid("tells of a remedy, and no state of it: was it sent?")
    photos = tuple(each.strip() for each in line.get("photos", "").split(";") if each.strip())
    if len(photos) > MOST_PHOTOS or any(len(each) > LONGEST_PHOTO for each in photos):
        raise NotSaid(f"names more than {MOST_PHOTOS} photos, or one with a long name")
    filed_on: date | None = terms.day(line, "filed_on", "a day of filing")
    return ClaimSaid(
        line=number,
        reference=reference,
        said=said[:60],
        state=state,
        filed_at=moment_of(filed_on, terms.now) if filed_on else terms.now,
        serial=serial,
        product=_product(line, terms),
        name=_name(line),
        email=_email(line),
        phone=_phone(line, country, terms),
        country=country,
        language=_language(line, terms),
        offered=remedy.offered if remedy else _chosen(line, terms, country),
        remedy=remedy,
        address=_address(line, country),
        photos=photos,
    )


def says_paid(line: Mapping[str, str], terms: Terms) -> bool:
    """Whether a line that cannot be taken says, in a known word, that it was or may be paid; so
    does one that tells of a remedy, and of no state of it."""
    if terms.cell(line, "remedy_state"):
        return says_sent(line, terms)
    if any(line.get(name) for name in OF_A_REMEDY):
        return True
    return TAKEN_AS.get(plain(terms.part.meant("states", terms.cell(line, "state")))) in PAID


def _country(line: Mapping[str, str], terms: Terms) -> str:
    code = terms.part.meant("countries", terms.cell(line, "country")).upper()
    if not code and len(terms.document.countries) == 1:
        return terms.document.countries[0]
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise NotSaid("has a country that is no code of two letters")
    return code


def _language(line: Mapping[str, str], terms: Terms) -> str:
    said = terms.part.meant("languages", terms.cell(line, "language")).casefold()
    languages = terms.document.languages
    return next((each for each in languages if each.casefold() == said), languages[0])


def _product(line: Mapping[str, str], terms: Terms) -> str:
    word = terms.part.meant("products", terms.cell(line, "product"))
    if not word:
        return ""
    for product in terms.document.products:
        if plain(word) in {plain(each) for each in (product.key, product.model, *product.names)}:
            return product.key
    raise NotSaid("names a product that this recall does not have")


def _name(line: Mapping[str, str]) -> str:
    name = line.get("name", "")
    if len(name) > LONGEST_NAME:
        raise NotSaid("has a name that is too long")
    return name


def _email(line: Mapping[str, str]) -> str:
    text = line.get("email", "")
    try:
        return normal_email(text) if text else ""
    except FieldsRefused:
        raise NotSaid("has an e-mail address that is none") from None


def _phone(line: Mapping[str, str], country: str, terms: Terms) -> str:
    text = line.get("phone", "")
    try:
        return normal_phone(text, country or terms.document.countries[0]) if text else ""
    except FieldsRefused:
        raise NotSaid("has a phone number that is none") from None


def _chosen(line: Mapping[str, str], terms: Terms, country: str) -> Offered | None:
    word = terms.cell(line, "remedy")
    if not word:
        return None
    offered = terms.offered(word, country)
    if offered is None:
        raise NotSaid("names no remedy that this recall offers; map it to the key of one")
    return offered


def _address(line: Mapping[str, str], country: str) -> Mapping[str, str] | None:
    """As its country writes it; None where it lacks what a parcel needs: a person asks for it."""
    given = {name: line.get(name, "") for name in ADDRESS_COLUMNS}
    if not country or not any(given.values()):
        return None
    try:
        return normal_address(country, given)
    except FieldsRefused:
        return None
    except ValueError:  # a country of which no form is known
        return None
