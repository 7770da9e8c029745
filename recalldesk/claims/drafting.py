"""What an owner fills in, step by step, before the claim is sent.

Guarantees: what was given is kept from the first answer on; a draft that was sent meanwhile is
never changed; giving the same again changes nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import end_other_passes, issue_pass, mail_link_to_new_contact
from recalldesk.claims.addresses import normal_address
from recalldesk.claims.brands import brand_named
from recalldesk.claims.completeness import MOST_UNITS
from recalldesk.claims.contacts import (
    LONGEST_NAME,
    email_for_lookup,
    normal_email,
    normal_phone,
)
from recalldesk.claims.errors import AlreadyFiled, FieldProblem, FieldsRefused, TooManyUnits
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim, Filing, Pass
from recalldesk.claims.payees import PayeeKind, normal_payee
from recalldesk.claims.references import new_key, new_marking_code, new_reference
from recalldesk.claims.remedies_offered import remedies_in, remedy_named
from recalldesk.claims.states import FilingState, UnitReading
from recalldesk.claims.units_named import variants_of
from recalldesk.evidence.actions import erase_evidence, is_evidence_kept, new_evidence_set
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LiveRecall, document_of
from recalldesk.sealing.fields_of_rows import digest, sealed
from recalldesk.units.naming import NamedUnit, named_unit


@transaction.atomic
def open_filing(
    *,
    live: LiveRecall,
    brand: str,
    language: str,
    country: str = "",
    serial: str = "",
    reading: UnitReading = UnitReading.SERIAL,
    product: str = "",
) -> tuple[Filing, str]:
    """A new draft under a published recall, and the token of the browser's pass.

    With a serial, or where none can be read, it holds its first unit.
    """
    countries = live.document.countries
    filing = Filing.objects.create(
        key=new_key(),
        reference=_unused_reference(),
        recall=Recall.objects.get(pk=live.recall_id),
        version=RecallVersion.objects.get(pk=live.version_id),
        brand=brand,
        country=countries[0] if len(countries) == 1 else _known(country, countries),
        language=language,
    )
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        to_state=FilingState.DRAFT,
        actor=Actor.OWNER,
        recall_id=filing.recall_id,
    )
    if serial.strip() or reading is not UnitReading.SERIAL:
        unit = named_unit(serial, document=live.document, product=product)
        _name_unit(_new_unit(filing), filing, unit, reading=reading)
    return filing, issue_pass(filing=filing)


def _unused_reference() -> str:
    while Filing.objects.filter(reference=(drawn := new_reference())).exists():
        pass
    return drawn


def _known(country: str, countries: Sequence[str]) -> str:
    return country if country in countries else ""


def _draft(filing_id: int) -> Filing:
    """The draft, locked and marked as touched. Raises AlreadyFiled."""
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.DRAFT:
        raise AlreadyFiled
    filing.touched_at = clock.now()
    filing.save(update_fields=["touched_at"])
    return filing


@transaction.atomic
def give_units(
    *,
    filing_id: int,
    serials: Sequence[str] = (),
    reading: UnitReading = UnitReading.SERIAL,
    product: str = "",
    variant: str = "",
) -> Filing:
    """Makes the filing be about these units, each once, however its serial was typed.

    A unit that stays keeps its photos and its code. Serials that are new take the places of those
    that are named no more, since an owner corrects more often than changes units; what is left over
    goes. Without serials it is about one unit that is read as `reading` says; with serials, that
    only matters where the units are gone. Raises AlreadyFiled, FieldsRefused, TooManyUnits.
    """
    lock_erasing()
    filing = _draft(filing_id)
    typed = list(dict.fromkeys(serial.strip() for serial in serials if serial.strip()))
    if not typed and reading is UnitReading.SERIAL:
        raise FieldsRefused({"serial": FieldProblem.MISSING})
    if typed and reading is UnitReading.UNREADABLE:
        reading = UnitReading.SERIAL
    wanted = _units_named(filing, typed or [""], product)
    if len(wanted) > MOST_UNITS:
        raise TooManyUnits(MOST_UNITS)
    claims = list(filing.claims.order_by("position"))
    for claim in claims[:]:
        if claim.unit_digest and (same := bytes(claim.unit_digest)) in wanted:
            claims.remove(claim)
            _name_unit(claim, filing, wanted.pop(same), reading=reading, variant=variant)
    for unit in wanted.values():
        claim = claims.pop(0) if claims else _new_unit(filing)
        _name_unit(claim, filing, unit, reading=reading, variant=variant)
    for claim in claims:
        _drop_unit(claim)
    _speak_as_the_units_brand(filing)
    return filing


def _speak_as_the_units_brand(filing: Filing) -> None:
    """Where the products named are of one brand it is that brand's claim, wherever it began."""
    named = filing.claims.exclude(product="").values_list("product", flat=True)
    brand = brand_named(document_of(filing.version), named, filing.brand)
    if brand != filing.brand:
        filing.brand = brand
        filing.save(update_fields=["brand"])


@transaction.atomic
def expect_label(*, filing_id: int) -> EvidenceSet:
    """Where the photo of the first unit's label belongs. A filing without a unit gets one, whose
    serial is still to be given. Raises AlreadyFiled.
    """
    filing = _draft(filing_id)
    claim = filing.claims.select_related("evidence").order_by("position").first()
    if claim is None:
        claim = _new_unit(filing)
        claim.save()
    return claim.evidence


@transaction.atomic
def expect_product(*, filing_id: int, product: str) -> None:
    """Keeps of which product the first unit is; its serial is still to be given. Raises
    AlreadyFiled.
    """
    filing = _draft(filing_id)
    claim = filing.claims.order_by("position").first() or _new_unit(filing)
    claim.product = product
    claim.save()
    _speak_as_the_units_brand(filing)


def _units_named(
    filing: Filing, typed: Sequence[str], product: str
) -> dict[bytes | str, NamedUnit]:
    """The units that are meant, by the digest under which each is found again."""
    document = document_of(filing.version)
    units: dict[bytes | str, NamedUnit] = {}
    for serial in typed:
        unit = named_unit(serial, document=document, product=product)
        units.setdefault(_digest_of(unit) or serial, unit)
    return units


def _digest_of(unit: NamedUnit) -> bytes:
    return digest(Claim, "unit_digest", unit.identity) if unit.identity else b""


def _drop_unit(claim: Claim) -> None:
    evidence = claim.evidence
    is_kept = is_evidence_kept(evidence)
    claim.delete()
    if not is_kept:
        erase_evidence(evidence_set=evidence, actor=Actor.OWNER)


def _new_unit(filing: Filing) -> Claim:
    last = filing.claims.order_by("-position").values_list("position", flat=True).first()
    return Claim(
        filing=filing,
        recall=filing.recall,
        position=(last or 0) + 1,
        evidence=new_evidence_set(recall=filing.recall, marking_code=new_marking_code()),
    )


def _name_unit(
    claim: Claim, filing: Filing, unit: NamedUnit, *, reading: UnitReading, variant: str = ""
) -> None:
    claim.reading = reading
    _put_unit(claim, unit)
    known = variants_of(document_of(filing.version), claim.product)
    claim.variant = variant if variant in known else claim.variant
    claim.save()


def set_serial(claim: Claim, document: Document, *, serial: str, product: str = "") -> None:
    """Puts a serial into a claim, as it was typed, with what it is found by; empty takes it out."""
    _put_unit(claim, named_unit(serial, document=document, product=product))


def _put_unit(claim: Claim, unit: NamedUnit) -> None:
    recall_id = claim.filing.recall_id
    kept = sealed(Claim, "sealed_serial", unit.serial, recall_id=recall_id) if unit.serial else b""
    claim.sealed_serial, claim.unit_digest, claim.found = kept, _digest_of(unit), unit.found
    claim.product = unit.product or claim.product


@transaction.atomic
def say_no_photo(*, filing_id: int, position: int, cannot_photograph: bool) -> None:
    """Notes that the owner cannot take photos of a unit, or can after all. Raises AlreadyFiled."""
    filing = _draft(filing_id)
    filing.claims.filter(position=position).update(cannot_photograph=cannot_photograph)


@transaction.atomic
def give_contact(
    *,
    filing_id: int,
    name: str,
    email: str,
    phone: str,
    country: str = "",
    opened: Pass | None = None,
) -> Filing:
    """Keeps who the owner is and how to reach them, and sends the link of the draft there once.

    `opened` is the pass of the browser that says so: where letters went elsewhere before, every
    other one is over. Raises AlreadyFiled, FieldsRefused.
    """
    filing = _draft(filing_id)
    before = _written_to(filing)
    _take_contact(filing, name=name, email=email, phone=phone, country=country)
    if before == _written_to(filing):
        filing.save()
        return filing
    filing.unreached_since = None  # whatever did not reach the old address
    filing.save()
    if before:
        end_other_passes(filing=filing, but=opened)
    mail_link_to_new_contact(filing=filing)
    return filing


@transaction.atomic
def note_contact(*, filing_id: int, name: str, email: str, phone: str, country: str = "") -> Filing:
    """The same of a draft that is filed at once: no link is sent. Raises the same."""
    filing = _draft(filing_id)
    _take_contact(filing, name=name, email=email, phone=phone, country=country)
    filing.save()
    return filing


def _take_contact(filing: Filing, *, name: str, email: str, phone: str, country: str) -> None:
    document = document_of(filing.version)
    problems: dict[str, FieldProblem] = {}
    countries = document.countries
    chosen = country or filing.country
    if chosen not in countries:
        problems["country"] = FieldProblem.UNKNOWN_COUNTRY if chosen else FieldProblem.MISSING
    kept_email = _kept(problems, normal_email, email)
    kept_phone = _kept(problems, lambda text: normal_phone(text, chosen or countries[0]), phone)
    if not name.strip():
        problems["name"] = FieldProblem.MISSING
    elif len(name.strip()) > LONGEST_NAME:
        problems["name"] = FieldProblem.TOO_LONG
    if not email.strip() and not phone.strip():
        problems["email"] = FieldProblem.NO_WAY_TO_REACH
    if problems:
        raise FieldsRefused(problems)
    if chosen != filing.country:
        filing.sealed_address, filing.sealed_payee = b"", b""
        if remedy_named(document, chosen, filing.remedy_key) is None:
            filing.remedy_key = ""
    filing.country = chosen
    set_contact(filing, name=name.strip(), email=kept_email, phone=kept_phone)


def _written_to(filing: Filing) -> bytes:
    """What stands for the address or number to which letters go."""
    return bytes(filing.email_digest or filing.phone_digest)


def _kept(problems: dict[str, FieldProblem], normal: Callable[[str], str], text: str) -> str:
    if not text.strip():
        return ""
    try:
        return normal(text)
    except FieldsRefused as refused:
        problems.update(refused.fields)
        return ""


def set_contact(filing: Filing, *, name: str, email: str, phone: str) -> None:
    """Seals who the owner is and how to reach them; empty takes out what was there."""
    recall_id = filing.recall_id
    for field, text in (("sealed_name", name), ("sealed_email", email), ("sealed_phone", phone)):
        value = sealed(Filing, field, text, recall_id=recall_id) if text else b""
        setattr(filing, field, value)
    filing.email_digest = digest(Filing, "email_digest", email_for_lookup(email)) if email else b""
    filing.phone_digest = digest(Filing, "phone_digest", phone) if phone else b""


@transaction.atomic
def choose_remedy(*, filing_id: int, remedy_key: str) -> Filing:
    """Keeps the remedy chosen. Raises AlreadyFiled, FieldsRefused."""
    filing = _draft(filing_id)
    document = document_of(filing.version)
    offered = {remedy.key for remedy in remedies_in(document, filing.country)}
    if remedy_key not in offered:
        problem = FieldProblem.NOT_OFFERED if remedy_key else FieldProblem.MISSING
        raise FieldsRefused({"remedy": problem})
    filing.remedy_key = remedy_key
    filing.save(update_fields=["remedy_key"])
    return filing


@transaction.atomic
def give_details(
    *,
    filing_id: int,
    address: Mapping[str, str] | None = None,
    payee_kind: str = "",
    payee: Mapping[str, str] | None = None,
) -> Filing:
    """Keeps the address, the payee, or both. Raises AlreadyFiled, FieldsRefused."""
    filing = _draft(filing_id)
    set_details(filing, address=address, payee_kind=payee_kind, payee=payee)
    filing.save(update_fields=["sealed_address", "sealed_payee"])
    return filing


def set_details(
    filing: Filing,
    *,
    address: Mapping[str, str] | None,
    payee_kind: str = "",
    payee: Mapping[str, str] | None = None,
) -> None:
    """Seals address and payee after they passed their checks. Raises FieldsRefused."""
    problems: dict[str, FieldProblem] = {}
    values: dict[str, dict[str, str]] = {}
    if payee is not None:
        try:
            values["sealed_payee"] = normal_payee(filing.country, payee_kind, payee)
        except FieldsRefused as refused:
            problems.update(refused.fields)
    is_check = payee is not None and payee_kind == PayeeKind.CHECK
    if is_check and address is None and not filing.sealed_address:
        problems["street_address"] = FieldProblem.MISSING
    if address is not None and (payee is None or is_check):
        try:
            values["sealed_address"] = normal_address(filing.country, address)
        except FieldsRefused as refused:
            problems.update(refused.fields)
    if problems:
        raise FieldsRefused(problems)
    for field, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        setattr(filing, field, sealed(Filing, field, text, recall_id=filing.recall_id))
