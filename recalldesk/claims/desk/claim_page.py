"""What the desk sees of one claim.

Guarantees: at most 12 questions to the database, however long its life was; what names its owner is
masked; whoever may not see personal data gets no free text, nothing that was read in a photo, no
whole serial and no marking code. Of whoever may the log says that they opened it.
"""

import json
from collections.abc import Mapping
from typing import Any

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.cases import (
    case_from,
    has_proof,
    person_of,
    what_it_lacks,
)
from recalldesk.claims.desk.masking import MaskedOwner, masked_end, masked_owner
from recalldesk.claims.desk.page_opened import note_opened
from recalldesk.claims.desk.page_photos import forms_of_claim, labels_of, shown_photo
from recalldesk.claims.desk.page_rows import PageRows, rows_for, sent_one
from recalldesk.claims.desk.page_timeline import shown_decisions, timeline
from recalldesk.claims.desk.page_values import (
    Allowed,
    ClaimPage,
    OtherClaim,
    Place,
    ShownContact,
    ShownDisposal,
    ShownFiling,
    ShownLead,
    ShownMessage,
    ShownUnit,
)
from recalldesk.claims.desk.recall_asks import decline_reasons
from recalldesk.claims.desk.second_rule import (
    MERITS,
    grounds_for_two,
    is_barred,
    who_decided,
)
from recalldesk.claims.desk.serial_beside import serial_beside
from recalldesk.claims.desk.templates import templates_for
from recalldesk.claims.models import Claim, Contact, Filing, FormerReference, LateLead, Message
from recalldesk.claims.promises import today_of
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.remedying.mended import is_decided_for
from recalldesk.claims.states import (
    Channel,
    ClaimState,
    ContactAbout,
    DecisionKind,
    DecisionState,
    Direction,
    LeadState,
    Proof,
    UnitReading,
)
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Attestation, Remedy
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.states import Held
from recalldesk.sealing.fields_of_rows import opened

DESK_LANGUAGE = "en"


def claim_page(
    *, reference: str, position: int, by: Staff, beside: Mapping[str, Any] | None = None
) -> ClaimPage:
    """The page of a claim that was sent, by its name. `beside`: what else to ask for of the claim,
    an expression by name, for whoever knows of what the claims do not.

    Raises NotPermitted, NoSuchClaim, SealingError.
    """
    require(by, Permission.SEE_CLAIMS)
    named = Claim.objects.filter(filing__reference=reference, position=position)
    asked = beside or {}
    return _page(rows_for(named, asked), by, asked)


def _page(rows: PageRows, by: Staff, beside: Mapping[str, Any]) -> ClaimPage:
    claim = rows.claim
    document = document_of(claim.filing.version)
    in_full = by.may(Permission.SEE_PERSONAL)
    note_opened(rows, by=by)
    unit = _unit(claim, has_remedy=rows.has_remedy, reports=rows.reports, in_full=in_full)
    own = [photo for photo in rows.photos if photo.evidence_set_id == claim.evidence_id]
    return ClaimPage(
        claim_id=claim.pk,
        seen=rows.seen,
        filing=_filing(claim.filing, document),
        unit=unit,
        disposal=_disposal(claim, document),
        place=_place(claim, document),
        beside=serial_beside(unit.serial, forms_of_claim(document, claim), labels_of(own))
        if in_full
        else None,
        photos=tuple(
            shown_photo(photo, rows.of_set(photo.evidence_set_id), in_full=in_full)
            for photo in rows.photos
        ),
        messages=tuple(_message(row, in_full=in_full) for row in rows.messages),
        contacts=tuple(_contact(row) for row in rows.contacts),
        timeline=timeline(rows.log, in_full=in_full),
        decisions=shown_decisions(rows.log, claim, rows.decisions, person_of(by)),
        others=tuple(_other(each, rows) for each in rows.others),
        late_leads=tuple(_lead(each) for each in rows.late_leads),
        decline_reasons=decline_reasons(document, DESK_LANGUAGE),
        templates=templates_for(claim.filing, DESK_LANGUAGE)
        if by.may(Permission.ANSWER_OWNERS)
        else (),
        allowed=_allowed(rows, by),
        asked_beside={name: getattr(claim, name) for name in beside},
    )


def _filing(filing: Filing, document: Document) -> ShownFiling:
    remedy = remedy_named(document, filing.country, filing.remedy_key)
    return ShownFiling(
        reference=filing.reference,
        recall=filing.recall.slug,
        version=filing.version.number,
        language=filing.language,
        country=filing.country,
        remedy_key=filing.remedy_key,
        remedy=_remedy(remedy, document) if remedy else "",
        filed_at=filing.filed_at,
        is_dangerous=filing.is_dangerous,
        owner_wrote_at=filing.owner_wrote_at,
        unreached_since=filing.unreached_since,
        channel=Channel(filing.channel),
        entered_by=filing.entered_by.name if filing.entered_by else "",
        former=_former(filing),
        owner=owner_of(filing),
    )


def _former(filing: Filing) -> tuple[str, str]:
    """From which system it was taken over, and how it was called there; empty for any other."""
    former: FormerReference | None = getattr(filing, "former_reference", None)
    return (former.system, opened(former, "sealed_reference")) if former else ("", "")


def _remedy(remedy: Remedy, document: Document) -> str:
    """A remedy as the desk says it, with its worth."""
    title = wording.said(remedy.title, document, DESK_LANGUAGE)
    worth = remedy.value
    return f"{title}, {worth.currency} {worth.amount}" if worth else title


def _unit(claim: Claim, *, has_remedy: bool, reports: tuple[int, ...], in_full: bool) -> ShownUnit:
    serial = opened(claim, "sealed_serial")
    return ShownUnit(
        position=claim.position,
        product=claim.product,
        variant=claim.variant,
        reading=UnitReading(claim.reading),
        serial=serial if in_full else masked_end(serial),
        found=claim.found,
        holds_unit=claim.holds_unit,
        marking_code=claim.marking_code if in_full else masked_end(claim.marking_code),
        cannot_photograph=claim.cannot_photograph,
        has_remedy=has_remedy,
        reports=reports,
    )


def _disposal(claim: Claim, document: Document) -> ShownDisposal:
    asked = document.disposal
    is_asked = asked.attestation is not Attestation.NONE and is_decided_for(claim)
    return ShownDisposal(
        asks=asked.attestation.value if is_asked else "",
        disposed_on=claim.disposed_on,
        no_site_on=claim.no_site_on,
        proof=Proof(claim.proof),
        holds_remedy=claim.state == ClaimState.APPROVED and held_for(claim) == Held.DISPOSAL,
    )


def _place(claim: Claim, document: Document) -> Place:
    return Place(
        state=ClaimState(claim.state),
        state_since=claim.state_since,
        promised_on=claim.promised_on,
        today=today_of(document),
        desk=claim.desk,
        tags=tuple(claim.tags),
        is_appealed=claim.is_appealed,
        assigned_to=claim.assigned_to.name if claim.assigned_to else "",
        assigned_id=claim.assigned_to_id,
        looked_at_by=claim.looked_at_by.name if claim.looked_at_by else "",
        looker_id=claim.looked_at_by_id,
        looked_at_until=claim.looked_at_until,
    )


def sent_claim(claim_id: int) -> Claim:
    """A claim that was sent, with what it belongs to. Raises NoSuchClaim."""
    return sent_one(Claim.objects.filter(pk=claim_id))


def owner_of(filing: Filing) -> MaskedOwner:
    """The owner of a filing, masked. Raises SealingError."""
    return masked_owner(
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        address=json.loads(opened(filing, "sealed_address") or "{}"),
        payee=json.loads(opened(filing, "sealed_payee") or "{}"),
    )


def _allowed(rows: PageRows, by: Staff) -> Allowed:
    claim, person = rows.claim, person_of(by)
    final = [
        row for row in rows.decisions if row.state == DecisionState.FINAL and row.kind in MERITS
    ]
    case = case_from(
        claim,
        DecisionKind.APPROVE,
        limits=rows.limits,
        has_proof=has_proof(
            claim, messages=rows.messages, contacts=rows.contacts, photos=rows.photos
        ),
        deciders=who_decided([(row.by_id, row.settled_by_id) for row in final]),
        grant=2 if rows.has_remedy or rows.reports else 1,
    )
    return Allowed(
        may_decide=by.may(Permission.DECIDE_CLAIM),
        may_second=person.may_second,
        may_answer=by.may(Permission.ANSWER_OWNERS),
        may_see_personal=by.may(Permission.SEE_PERSONAL),
        is_barred=is_barred(case, person),
        lacks=what_it_lacks(claim.filing),
        grounds_for_two=tuple(ground.value for ground in grounds_for_two(case)),
        needs_note=claim.filing.is_dangerous,
    )


def _message(row: Message, *, in_full: bool) -> ShownMessage:
    return ShownMessage(
        message_id=row.pk,
        is_owners=row.direction == Direction.FROM_OWNER,
        author=row.author.name if row.author else "",
        at=row.at,
        text=opened(row, "sealed_text") if in_full else None,
    )


def _contact(row: Contact) -> ShownContact:
    return ShownContact(
        contact_id=row.pk,
        channel=Channel(row.channel),
        about=ContactAbout(row.about),
        happened_at=row.happened_at,
        by=row.by.name if row.by else "",
        has_note=bool(row.sealed_note),
    )


def _lead(row: LateLead) -> ShownLead:
    return ShownLead(
        lead_id=row.pk,
        reference=row.later.filing.reference,
        position=row.later.position,
        at=row.at,
        reasons=tuple(row.reasons),
        state=LeadState(row.state),
        found_by=row.found_by.name if row.found_by else "",
    )


def _other(other: Claim, rows: PageRows) -> OtherClaim:
    led: tuple[str, ...] = ("photo",) if other.pk in rows.led_to else ()
    led += ("lead",) if other.pk in rows.named else ()
    return OtherClaim(
        claim_id=other.pk,
        reference=other.filing.reference,
        position=other.position,
        recall=other.filing.recall.slug,
        state=ClaimState(other.state),
        promised_on=other.promised_on,
        shares=what_both_have(rows.claim, other) + led,
    )


def what_both_have(claim: Claim, other: Claim) -> tuple[str, ...]:
    """What two claims share, of all that is kept as digests."""
    one, two = claim.filing, other.filing
    shared = (
        ("filing", claim.filing_id == other.filing_id),
        ("unit", bool(claim.unit_digest) and claim.unit_digest == other.unit_digest),
        ("email", bool(one.email_digest) and one.email_digest == two.email_digest),
        ("phone", bool(one.phone_digest) and one.phone_digest == two.phone_digest),
    )
    return tuple(name for name, is_shared in shared if is_shared)
