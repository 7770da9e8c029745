"""What a filing needs before it can be sent: a pure rule over what is known of it.

Guarantees: nothing is asked that the recall and the chosen remedy do not need; whoever cannot read
the serial, has no photo or no unit any more can file all the same; what is sent by e-mail has an
address to go to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.claims.remedies_offered import (
    Need,
    comes_by_email,
    needs_of,
    remedies_in,
    remedy_named,
)
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Evidence, ReceiptRule

MOST_WITH_PHOTOS = 5
"""Units in one filing of which photos are asked at once; with more, the desk asks for them."""
MOST_UNITS = 50


class Step(StrEnum):
    """The steps of a filing, one page each."""

    UNIT = "unit"
    PHOTOS = "photos"
    YOU = "you"
    REMEDY = "remedy"
    DETAILS = "details"
    SEND = "send"


@dataclass(frozen=True)
class UnitFacts:
    """What is known of one unit. `photos`: the kinds of which there is one that is no failure."""

    reading: UnitReading
    has_serial: bool
    photos: frozenset[PhotoKind] = frozenset()
    cannot_photograph: bool = False


@dataclass(frozen=True)
class FilingFacts:
    """What is known of a filing."""

    units: tuple[UnitFacts, ...]
    country: str = ""
    has_name: bool = False
    has_email: bool = False
    has_phone: bool = False
    remedy_key: str = ""
    has_address: bool = False
    has_payee: bool = False
    payee_needs_address: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether no unit is at hand any more."""
        return bool(self.units) and all(unit.reading is UnitReading.GONE for unit in self.units)


def photos_asked(evidence: Evidence, unit: UnitFacts, *, is_first: bool) -> tuple[PhotoKind, ...]:
    """The kinds of photo asked of a unit. A receipt belongs to the whole filing: the first unit."""
    asked: list[PhotoKind] = []
    if unit.reading is not UnitReading.GONE:
        if evidence.label_photo:
            asked.append(PhotoKind.LABEL)
        if evidence.marking_photo:
            asked.append(PhotoKind.MARKING)
    if evidence.receipt is not ReceiptRule.NOT_ASKED and is_first:
        asked.append(PhotoKind.RECEIPT)
    return tuple(asked)


def photos_missing(evidence: Evidence, facts: FilingFacts) -> tuple[tuple[int, PhotoKind], ...]:
    """The photos that must still come, each with its unit's place from 0."""
    if len(facts.units) > MOST_WITH_PHOTOS:
        return ()
    return tuple(
        (place, kind)
        for place, unit in enumerate(facts.units)
        if not unit.cannot_photograph
        for kind in photos_asked(evidence, unit, is_first=place == 0)
        if kind not in unit.photos and not is_only_welcome(evidence, unit, kind)
    )


def is_only_welcome(evidence: Evidence, unit: UnitFacts, kind: PhotoKind) -> bool:
    """Whether a photo that is asked may be left out: of a label that cannot be read, as well."""
    if kind is PhotoKind.LABEL:
        return unit.reading is UnitReading.UNREADABLE
    return kind is PhotoKind.RECEIPT and evidence.receipt is not ReceiptRule.REQUIRED


def steps_of(document: Document, facts: FilingFacts) -> tuple[Step, ...]:
    """The steps of this filing, in their order."""
    return tuple(_steps(document, facts))


def _steps(document: Document, facts: FilingFacts) -> Iterator[Step]:
    yield Step.UNIT
    asked = any(
        photos_asked(document.evidence, unit, is_first=place == 0)
        for place, unit in enumerate(facts.units)
    )
    if asked and len(facts.units) <= MOST_WITH_PHOTOS:
        yield Step.PHOTOS
    yield Step.YOU
    yield Step.REMEDY
    if needs_of(remedy_named(document, facts.country, facts.remedy_key)):
        yield Step.DETAILS
    yield Step.SEND


def lacks_email(document: Document, facts: FilingFacts) -> bool:
    """Whether the chosen remedy comes by e-mail, and there is no address for it yet."""
    remedy = remedy_named(document, facts.country, facts.remedy_key)
    return comes_by_email(remedy) and not facts.has_email


def missing_steps(document: Document, facts: FilingFacts) -> tuple[Step, ...]:
    """The steps that still lack something, in their order; `SEND` is never among them."""
    return tuple(_missing(document, facts))


def _missing(document: Document, facts: FilingFacts) -> Iterator[Step]:
    if not facts.units or any(
        unit.reading is UnitReading.SERIAL and not unit.has_serial for unit in facts.units
    ):
        yield Step.UNIT
    if photos_missing(document.evidence, facts):
        yield Step.PHOTOS
    is_known_country = bool(remedies_in(document, facts.country))
    is_reached = (facts.has_email or facts.has_phone) and not lacks_email(document, facts)
    if not (facts.has_name and is_reached and is_known_country):
        yield Step.YOU
    remedy = remedy_named(document, facts.country, facts.remedy_key)
    if remedy is None:
        yield Step.REMEDY
    needs = needs_of(remedy)
    by_check = Need.PAYEE in needs and facts.payee_needs_address
    lacks_address = (Need.ADDRESS in needs or by_check) and not facts.has_address
    if lacks_address or (Need.PAYEE in needs and not facts.has_payee):
        yield Step.DETAILS
