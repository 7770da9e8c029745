"""What a claim of the made-up year says by itself, as claims/deciding/facts.py gathers it."""

from benchmarks.year.sent import SentFiling, SentUnit
from recalldesk.claims.completeness import (
    FilingFacts,
    UnitFacts,
    missing_steps,
    photos_asked,
    photos_missing,
)
from recalldesk.claims.decision_facts import ClaimFacts, PhotosSay, Worth
from recalldesk.claims.payees import PayeeKind
from recalldesk.claims.photo_facts import LabelReads, facts_of_photos
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.recalls.document import Document
from recalldesk.units.verdict.answer import Verdict

COUNTRY = "US"


def own_facts(
    document: Document,
    filing: SentFiling,
    unit: SentUnit,
    *,
    holds_unit: bool,
    has_remedy: bool | None,
) -> ClaimFacts:
    """Its facts without neighbours; nobody looked at it yet, and what was written arrived."""
    facts = _filing_facts(filing)
    remedy = remedy_named(document, COUNTRY, filing.remedy)
    value = remedy.value if remedy else None
    return ClaimFacts(
        reading=unit.reading,
        found=found_of(unit),
        holds_unit=holds_unit,
        has_remedy=has_remedy,
        reported=(),
        is_dangerous=filing.is_dangerous,
        was_with_person=False,
        has_unread_words=filing.wrote,
        is_unreached=False,
        cannot_photograph=unit.cannot_photograph,
        missing=tuple(missing_steps(document, facts)),
        may_ask=bool(filing.person.email),
        led_from=(),
        worth=Worth(value.amount, value.currency) if value else None,
        photos=_photos_say(document, facts, filing, unit),
    )


def found_of(unit: SentUnit) -> str:
    """What the check said of the serial."""
    if not unit.serial:
        return ""
    return Verdict.AFFECTED.value if unit.is_listed else Verdict.NOT_AFFECTED.value


def _filing_facts(filing: SentFiling) -> FilingFacts:
    person = filing.person
    return FilingFacts(
        units=tuple(map(_unit_facts, filing.units)),
        country=COUNTRY,
        has_name=bool(person.name),
        has_email=bool(person.email),
        has_phone=bool(person.phone),
        remedy_key=filing.remedy,
        has_address=bool(person.address),
        has_payee=bool(person.payee),
        payee_needs_address=person.payee.get("kind") == PayeeKind.CHECK,
    )


def _unit_facts(unit: SentUnit) -> UnitFacts:
    usable = frozenset(photo.kind for photo in unit.photos if photo.is_usable)
    return UnitFacts(unit.reading, bool(unit.serial), usable, unit.cannot_photograph)


def _photos_say(
    document: Document, facts: FilingFacts, filing: SentFiling, unit: SentUnit
) -> PhotosSay:
    readings = [photo.reading for photo in unit.photos if photo.reading is not None]
    labels = [each for each in readings if isinstance(each, LabelReading)]
    markings = [each for each in readings if isinstance(each, MarkingReading)]
    place = filing.units.index(unit)
    of_unit = photos_asked(document.evidence, facts.units[place], is_first=False)
    is_asked = PhotoKind.MARKING in of_unit and not unit.cannot_photograph
    asked = frozenset(document.evidence.marks if is_asked else ())
    forms = tuple(product.serial.form for product in document.products)

    def says(*labels: LabelReading) -> LabelReads:
        return facts_of_photos(
            serial=unit.serial, forms=forms, labels=labels, markings=(), asked=()
        ).label

    said = facts_of_photos(
        serial=unit.serial,
        forms=forms,
        labels=labels,
        markings=markings,
        asked=asked,
        name=filing.person.name,
    )
    failed = {photo.kind for photo in unit.photos if not photo.is_usable}
    missing = photos_missing(document.evidence, facts)
    return PhotosSay(
        are_settled=True,
        label=said.label,
        other_labels=sum(says(each) is LabelReads.OTHERWISE for each in labels),
        asked_marks=asked,
        verified_marks=frozenset(mark for mark, verified in said.marks.items() if verified),
        is_marking_read=said.is_marking_read,
        are_markings_read=True,
        useless=frozenset(kind for at, kind in missing if at == place and kind in failed),
    )
