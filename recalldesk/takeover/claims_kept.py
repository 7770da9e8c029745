"""Claims that were judged become filings, claims and remedies, some hundred by a few statements.

Guarantees: each row says in the log that it was taken over, and by whom; no owner is written to;
lines of one reference are one filing.
"""

import json
from collections.abc import Sequence
from datetime import date

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.brands import brand_named
from recalldesk.claims.contacts import email_for_lookup
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.desk_lists import desk_list
from recalldesk.claims.filing_keys import forms_of, key_digest
from recalldesk.claims.former_references import former_digest
from recalldesk.claims.models import Claim, Filing, FilingKey, FormerReference
from recalldesk.claims.promises import promised_on, today_of
from recalldesk.claims.references import new_key, new_marking_code, new_reference
from recalldesk.claims.states import Channel, ClaimState, FilingState, UnitReading
from recalldesk.evidence.actions import new_evidence_sets
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms import FORMS_VERSION
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import live_version
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.taking_over import Owed, give, owe
from recalldesk.sealing.fields_of_rows import digest, sealed_each
from recalldesk.takeover.claims_judged import Judged
from recalldesk.takeover.claims_said import ClaimSaid
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenPhoto, TakenRemedy
from recalldesk.takeover.remedies_said import Terms

Rows = Sequence[tuple[Judged, bytes]]


def keep_claims(reading: Reading, terms: Terms, rows: Rows) -> None:
    """Keeps them. `rows`: each with the digest by which it is known again."""
    if not rows:
        return
    filings = _filings(reading, terms, [found.said for found, _ in rows])
    claims = _claims(reading, terms, rows, filings)
    _remedies(reading, rows, claims)
    Claim.objects.bulk_update([each for each in claims if each.remedy_id], ["remedy"])
    taken = TakenClaim.objects.bulk_create(
        TakenClaim(
            file_id=reading.number,
            recall_id=reading.recall.pk,
            line=found.said.line,
            claim=claim,
            row_digest=row,
            said=found.said.said,
            is_paid=found.said.is_paid,
        )
        for (found, row), claim in zip(rows, claims, strict=True)
    )
    _photos(reading, rows, taken)


def _filings(reading: Reading, terms: Terms, said: Sequence[ClaimSaid]) -> dict[bytes, Filing]:
    """The filing of each reference, new ones and those that another file brought."""
    first: dict[bytes, ClaimSaid] = {}
    for each in said:
        first.setdefault(former_digest(each.reference), each)
    there = FormerReference.objects.filter(recall_id=reading.recall.pk, digest__in=list(first))
    found = {
        bytes(each.digest): each.filing
        for each in there.filter(system=reading.mapping.system).select_related("filing")
    }
    new = {wanted: each for wanted, each in first.items() if wanted not in found}
    if new:
        found |= dict(zip(new, _new_filings(reading, terms, list(new.items())), strict=True))
    return found


def _new_filings(
    reading: Reading, terms: Terms, new: Sequence[tuple[bytes, ClaimSaid]]
) -> list[Filing]:
    version = live_version(reading.recall)
    assert version is not None  # whoever reads has its document
    said = [each for _, each in new]
    filings = [_filing(reading, terms, version, each) for each in said]
    values = {
        "sealed_name": [each.name for each in said],
        "sealed_email": [each.email for each in said],
        "sealed_phone": [each.phone for each in said],
        "sealed_address": [_address(each) for each in said],
    }
    for field, texts in values.items():
        for filing, value in zip(filings, _sealed(Filing, field, reading, texts), strict=True):
            setattr(filing, field, value)
    Filing.objects.bulk_create(filings)
    names = _sealed(FormerReference, "sealed_reference", reading, [each.reference for each in said])
    FormerReference.objects.bulk_create(
        FormerReference(
            filing=filing,
            recall_id=reading.recall.pk,
            system=reading.mapping.system,
            sealed_reference=name,
            digest=wanted,
        )
        for filing, name, (wanted, _) in zip(filings, names, new, strict=True)
    )
    FilingKey.objects.bulk_create(
        (
            FilingKey(
                filing=filing,
                recall_id=filing.recall_id,
                kind=kind,
                digest=found,
                at=filing.filed_at or clock.now(),
            )
            for filing in filings
            for kind, found in sorted({(k, key_digest(k, form)) for k, form in forms_of(filing)})
        ),
    )
    moves = [Move(each.recall_id, each.pk, "", FilingState.FILED) for each in filings]
    _log(reading, Subject.FILING, moves)
    return filings


def _filing(reading: Reading, terms: Terms, version: RecallVersion, said: ClaimSaid) -> Filing:
    named = [said.product] if said.product else []
    return Filing(
        key=new_key(),
        reference=new_reference(),
        recall=reading.recall,
        version=version,
        brand=brand_named(terms.document, named, terms.document.brands[0].key),
        country=said.country if said.country in terms.document.countries else "",
        language=said.language,
        state=FilingState.FILED,
        remedy_key=said.offered.key if said.offered else "",
        email_digest=digest(Filing, "email_digest", email_for_lookup(said.email))
        if said.email
        else b"",
        phone_digest=digest(Filing, "phone_digest", said.phone) if said.phone else b"",
        opened_at=said.filed_at,
        touched_at=terms.now,
        channel=Channel.PAGE,
        entered_by=reading.by,
        keys_version=FORMS_VERSION,
        filed_at=said.filed_at,
    )


def _address(said: ClaimSaid) -> str:
    return json.dumps(dict(said.address), ensure_ascii=False) if said.address else ""


def _claims(
    reading: Reading, terms: Terms, rows: Rows, filings: dict[bytes, Filing]
) -> list[Claim]:
    codes = [new_marking_code() for _ in rows]
    sets = new_evidence_sets(recall=reading.recall, marking_codes=codes)
    serials = _sealed(Claim, "sealed_serial", reading, [found.unit.serial for found, _ in rows])
    places = _places({each.pk for each in filings.values()})
    today = today_of(terms.document)
    claims = []
    for (found, _), evidence, serial in zip(rows, sets, serials, strict=True):
        filing = filings[former_digest(found.said.reference)]
        places[filing.pk] += 1
        claims.append(
            Claim(
                filing=filing,
                recall=reading.recall,
                position=places[filing.pk],
                product=found.unit.product,
                reading=UnitReading.SERIAL if found.unit.serial else UnitReading.UNREADABLE,
                sealed_serial=serial,
                unit_digest=found.unit.digest,
                found=found.unit.found,
                holds_unit=found.holds_unit,
                cannot_photograph=not found.said.photos,
                evidence=evidence,
                state=found.state,
                state_since=terms.now,
                promised_on=_promised(found.state, terms, filing, today),
                desk=desk_list(state=found.state),
                tags=sorted(found.tags),
            )
        )
    Claim.objects.bulk_create(claims)
    moves = [Move(each.recall_id, each.pk, "", each.state) for each in claims]
    _log(reading, Subject.CLAIM, moves)
    return claims


def _promised(state: ClaimState, terms: Terms, filing: Filing, today: date) -> date | None:
    return promised_on(state, document=terms.document, remedy_key=filing.remedy_key, today=today)


def _places(filings: set[int]) -> dict[int, int]:
    """How many units each filing has already."""
    places = dict.fromkeys(filings, 0)
    rows = Claim.objects.filter(filing_id__in=filings).values_list("filing_id", "position")
    for filing_id, position in rows:
        places[filing_id] = max(places[filing_id], position)
    return places


def _remedies(reading: Reading, rows: Rows, claims: Sequence[Claim]) -> None:
    owed = [
        (found, claim)
        for (found, _), claim in zip(rows, claims, strict=True)
        if found.owed is not None
    ]
    if not owed:
        return
    wanted = [
        Owed(unit_of(claim), found.owed.key, found.held)
        for found, claim in owed
        if found.owed is not None
    ]
    remedies = owe(reading.recall, wanted, by=reading.by)
    given = []
    for (found, claim), remedy in zip(owed, remedies, strict=True):
        claim.remedy = remedy
        if found.remedy is not None and found.remedy.given is not None:
            given.append((remedy, found.remedy.given))
    give(given, by=reading.by)
    TakenRemedy.objects.bulk_create(
        _taken_remedy(reading, found, remedy)
        for (found, _), remedy in zip(owed, remedies, strict=True)
        if found.remedy is not None
    )


def _taken_remedy(reading: Reading, found: Judged, remedy: Remedy) -> TakenRemedy:
    assert found.remedy is not None
    return TakenRemedy(
        file_id=reading.number,
        recall_id=reading.recall.pk,
        line=found.said.line,
        remedy=remedy,
        provider_said=found.remedy.provider_said,
        on=found.remedy.on,
    )


def _photos(reading: Reading, rows: Rows, taken: Sequence[TakenClaim]) -> None:
    named = [
        (claim, name)
        for (found, _), claim in zip(rows, taken, strict=True)
        for name in dict.fromkeys(found.said.photos)
    ]
    values = _sealed(TakenPhoto, "sealed_name", reading, [name for _, name in named])
    TakenPhoto.objects.bulk_create(
        TakenPhoto(claim=claim, sealed_name=value)
        for (claim, _), value in zip(named, values, strict=True)
    )


def _sealed(model: type, field: str, reading: Reading, texts: Sequence[str]) -> list[bytes]:
    """Empty for an empty text."""
    values = iter(sealed_each(model, field, [(reading.recall.pk, text) for text in texts if text]))
    return [next(values) if text else b"" for text in texts]


def _log(reading: Reading, subject: Subject, moves: Sequence[Move]) -> None:
    record_moves(
        moves,
        subject=subject,
        actor=Actor.STAFF,
        actor_id=reading.by.pk,
        reason=Reason.TAKEN_OVER,
    )
