"""What an owner fills in, step by step, before the claim is sent.

Guarantees: what was given is kept from the first answer on; a draft that was sent meanwhile is
never changed; giving the same again changes nothing.
"""

import json
from collections.abc import Mapping, Sequence

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import issue_pass, mail_new_link
from recalldesk.claims.addresses import normal_address
from recalldesk.claims.contacts import (
    LONGEST_NAME,
    email_for_lookup,
    normal_email,
    normal_phone,
)
from recalldesk.claims.errors import AlreadyFiled, FieldProblem, FieldsRefused, TooManyUnits
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.payees import PayeeKind, normal_payee
from recalldesk.claims.references import new_key, new_marking_code, new_reference
from recalldesk.claims.remedies_offered import remedies_in, remedy_named
from recalldesk.claims.rules import MOST_UNITS
from recalldesk.claims.states import FilingState, UnitReading
from recalldesk.claims.units_named import named_unit
from recalldesk.evidence.actions import erase_evidence, new_evidence_set
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LiveRecall, document_of
from recalldesk.sealing.fields_of_rows import digest, sealed


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
        reference=new_reference(),
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
        _add_unit(filing, serial=serial, reading=reading, product=product)
    return filing, issue_pass(filing=filing)


def _known(country: str, countries: Sequence[str]) -> str:
    return country if country in countries else ""


def _draft(filing_id: int) -> Filing:
    """The draft, locked and marked as touched. Raises AlreadyFiled."""
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("recall", "version")
        .get(pk=filing_id)
    )
    if filing.state != FilingState.DRAFT:
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
    """Makes the filing be about these units, in this order; photos of units that stay are kept.

    Without serials it is about one unit that is read as `reading` says. Raises AlreadyFiled,
    FieldsRefused, TooManyUnits.
    """
    filing = _draft(filing_id)
    typed = list(dict.fromkeys(serial.strip() for serial in serials if serial.strip()))
    if len(typed) > MOST_UNITS:
        raise TooManyUnits(MOST_UNITS)
    if not typed and reading is UnitReading.SERIAL:
        raise FieldsRefused({"serial": FieldProblem.MISSING})
    claims = list(filing.claims.order_by("position"))
    wanted: list[tuple[str, UnitReading]] = [(serial, UnitReading.SERIAL) for serial in typed] or [
        ("", reading)
    ]
    for claim, (serial, as_read) in zip(claims, wanted, strict=False):
        _name_unit(claim, filing, serial=serial, reading=as_read, product=product, variant=variant)
    for serial, as_read in wanted[len(claims) :]:
        _add_unit(filing, serial=serial, reading=as_read, product=product, variant=variant)
    for claim in claims[len(wanted) :]:
        _drop_unit(claim)
    return filing


@transaction.atomic
def remove_unit(*, filing_id: int, position: int) -> None:
    """Takes a unit out of the draft, with its photos. Raises AlreadyFiled."""
    filing = _draft(filing_id)
    for claim in filing.claims.filter(position=position):
        _drop_unit(claim)


def _drop_unit(claim: Claim) -> None:
    evidence = claim.evidence
    claim.delete()
    erase_evidence(evidence_set=evidence)


def _add_unit(
    filing: Filing, *, serial: str, reading: UnitReading, product: str, variant: str = ""
) -> Claim:
    last = filing.claims.order_by("-position").values_list("position", flat=True).first()
    claim = Claim(
        filing=filing,
        position=(last or 0) + 1,
        marking_code=new_marking_code(),
        evidence=new_evidence_set(recall=filing.recall),
    )
    _name_unit(claim, filing, serial=serial, reading=reading, product=product, variant=variant)
    return claim


def _name_unit(
    claim: Claim,
    filing: Filing,
    *,
    serial: str,
    reading: UnitReading,
    product: str,
    variant: str,
) -> None:
    claim.reading = reading
    claim.variant = variant or claim.variant
    set_serial(claim, document_of(filing.version), serial=serial, product=product)
    claim.save()


def set_serial(claim: Claim, document: Document, *, serial: str, product: str = "") -> None:
    """Puts a serial into a claim, as it was typed, with what it is found by; empty takes it out."""
    if not serial:
        claim.sealed_serial, claim.unit_digest, claim.found = b"", b"", ""
        claim.product = product or claim.product
        return
    unit = named_unit(serial, document=document, product=product)
    recall_id = claim.filing.recall_id
    claim.sealed_serial = sealed(Claim, "sealed_serial", unit.serial, recall_id=recall_id)
    claim.unit_digest = digest(Claim, "unit_digest", unit.identity)
    claim.found = unit.found
    claim.product = unit.product or claim.product


@transaction.atomic
def say_no_photo(*, filing_id: int, position: int, cannot_photograph: bool) -> None:
    """Notes that the owner cannot take photos of a unit, or can after all. Raises AlreadyFiled."""
    filing = _draft(filing_id)
    filing.claims.filter(position=position).update(cannot_photograph=cannot_photograph)


@transaction.atomic
def give_contact(*, filing_id: int, name: str, email: str, phone: str, country: str = "") -> Filing:
    """Keeps who the owner is and how to reach them, and mails the link of the draft once.

    Raises AlreadyFiled, FieldsRefused.
    """
    filing = _draft(filing_id)
    document = document_of(filing.version)
    problems: dict[str, FieldProblem] = {}
    countries = document.countries
    chosen = country or filing.country
    if chosen not in countries:
        problems["country"] = FieldProblem.MISSING
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
    is_new_address = bool(kept_email) and digest(
        Filing, "email_digest", email_for_lookup(kept_email)
    ) != bytes(filing.email_digest)
    filing.country = chosen
    set_contact(filing, name=name.strip(), email=kept_email, phone=kept_phone)
    filing.save()
    if is_new_address:
        mail_new_link(filing=filing)
    return filing


def _kept(problems: dict[str, FieldProblem], normal: object, text: str) -> str:
    if not text.strip():
        return ""
    assert callable(normal)
    try:
        return str(normal(text))
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
    if address is not None and (payee is None or payee_kind == PayeeKind.CHECK):
        try:
            values["sealed_address"] = normal_address(filing.country, address)
        except FieldsRefused as refused:
            problems.update(refused.fields)
    if problems:
        raise FieldsRefused(problems)
    for field, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        setattr(filing, field, sealed(Filing, field, text, recall_id=filing.recall_id))
