"""What the desk sees of one claim.

Guarantees: at most 12 questions to the database, however long its life was; what names its owner is
masked, and free text is left out for whoever may not see it; the stamp is read before all else, so
that what happens while the page is made makes a decision on it stale.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.cases import (
    asks_for_photos,
    case_from,
    person_of,
    unit_of,
    what_it_lacks,
)
from recalldesk.claims.desk.masking import MaskedOwner, masked_owner
from recalldesk.claims.desk.page_photos import forms_of_claim, labels_of, shown_photo
from recalldesk.claims.desk.page_timeline import Log, shown_decisions, timeline
from recalldesk.claims.desk.page_values import (
    Allowed,
    ClaimPage,
    OtherClaim,
    Place,
    ShownContact,
    ShownFiling,
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
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.errors import NoSuchClaim
from recalldesk.claims.models import Claim, Contact, Decision, Filing, Message
from recalldesk.claims.states import (
    Channel,
    ClaimState,
    ContactAbout,
    DecisionKind,
    DecisionState,
    Direction,
    FilingState,
    UnitReading,
)
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.reads import effective_remedy
from recalldesk.sealing.fields_of_rows import opened

MOST_OTHERS = 50
DESK_LANGUAGE = "en"


@dataclass(frozen=True)
class _Rows:
    """All rows of a filing that a page needs."""

    claim: Claim
    siblings: list[Claim]
    messages: list[Message]
    contacts: list[Contact]
    photos: list[Photo]
    decisions: list[Decision]
    log: Log

    def of_set(self, set_id: int) -> tuple[str, int]:
        """Whose the photos of a set are."""
        for message in self.messages:
            if message.evidence_id == set_id:
                return "message", message.pk
        for contact in self.contacts:
            if contact.evidence_id == set_id:
                return "contact", contact.pk
        sibling = next(each for each in self.siblings if each.evidence_id == set_id)
        return ("claim" if sibling.pk == self.claim.pk else "other_claim"), sibling.pk


def claim_page(*, claim_id: int, by: Staff) -> ClaimPage:
    """The page of a claim that was sent. Raises NotPermitted, NoSuchClaim, SealingError."""
    require(by, Permission.SEE_CLAIMS)
    claim = sent_claim(claim_id)
    seen = stamp_of(claim)
    rows = _rows(claim)
    document = document_of(claim.filing.version)
    in_full = by.may(Permission.SEE_PERSONAL)
    has_remedy = effective_remedy(unit_digest=unit_of(claim)) is not None
    unit = _unit(claim, has_remedy=has_remedy)
    own = [photo for photo in rows.photos if photo.evidence_set_id == claim.evidence_id]
    return ClaimPage(
        claim_id=claim.pk,
        seen=seen,
        filing=_filing(claim.filing),
        unit=unit,
        place=_place(claim),
        beside=serial_beside(unit.serial, forms_of_claim(document, claim), labels_of(own)),
        photos=tuple(
            shown_photo(photo, rows.of_set(photo.evidence_set_id)) for photo in rows.photos
        ),
        messages=tuple(_message(row, rows.log, in_full=in_full) for row in rows.messages),
        contacts=tuple(_contact(row, rows.log, in_full=in_full) for row in rows.contacts),
        timeline=timeline(rows.log, in_full=in_full),
        decisions=shown_decisions(rows.log, claim, rows.decisions, person_of(by)),
        others=_others(rows),
        decline_reasons=decline_reasons(document, DESK_LANGUAGE),
        allowed=_allowed(rows, by, has_remedy=has_remedy),
    )


def _filing(filing: Filing) -> ShownFiling:
    return ShownFiling(
        reference=filing.reference,
        recall=filing.recall.slug,
        version=filing.version.number,
        language=filing.language,
        country=filing.country,
        remedy_key=filing.remedy_key,
        is_dangerous=filing.is_dangerous,
        owner_wrote_at=filing.owner_wrote_at,
        unreached_since=filing.unreached_since,
        channel=Channel(filing.channel),
        entered_by=filing.entered_by.name if filing.entered_by else "",
        owner=owner_of(filing),
    )


def _unit(claim: Claim, *, has_remedy: bool) -> ShownUnit:
    return ShownUnit(
        position=claim.position,
        product=claim.product,
        variant=claim.variant,
        reading=UnitReading(claim.reading),
        serial=opened(claim, "sealed_serial"),
        found=claim.found,
        holds_unit=claim.holds_unit,
        marking_code=claim.marking_code,
        cannot_photograph=claim.cannot_photograph,
        has_remedy=has_remedy,
    )


def _place(claim: Claim) -> Place:
    return Place(
        state=ClaimState(claim.state),
        state_since=claim.state_since,
        promised_on=claim.promised_on,
        desk=claim.desk,
        tags=tuple(claim.tags),
        is_appealed=claim.is_appealed,
        assigned_to=claim.assigned_to.name if claim.assigned_to else "",
        looked_at_by=claim.looked_at_by.name if claim.looked_at_by else "",
        looked_at_until=claim.looked_at_until,
    )


def sent_claim(claim_id: int) -> Claim:
    """A claim that was sent, with what it belongs to. Raises NoSuchClaim."""
    rows = Claim.objects.select_related(
        "filing__recall",
        "filing__version",
        "filing__entered_by",
        "evidence",
        "assigned_to",
        "looked_at_by",
    )
    claim = rows.filter(pk=claim_id).first()
    if claim is None or claim.filing.state != FilingState.FILED:
        raise NoSuchClaim("There is no such claim at the desk.", "Look for its reference.")
    return claim


def owner_of(filing: Filing) -> MaskedOwner:
    """The owner of a filing, masked. Raises SealingError."""
    return masked_owner(
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        address=json.loads(opened(filing, "sealed_address") or "{}"),
        payee=json.loads(opened(filing, "sealed_payee") or "{}"),
    )


def _rows(claim: Claim) -> _Rows:
    filing = claim.filing
    siblings = list(filing.claims.order_by("position"))
    messages = list(filing.messages.order_by("at", "pk"))
    contacts = list(filing.contacts.order_by("happened_at", "pk"))
    for row in messages:
        row.filing = filing
    decisions = list(claim.decisions.order_by("pk"))
    sets: list[int | None] = [row.evidence_id for row in siblings]
    sets += [row.evidence_id for row in messages]
    sets += [row.evidence_id for row in contacts]
    photos = Photo.objects.filter(evidence_set__in=[each for each in sets if each]).exclude(
        state=PhotoState.REMOVED
    )
    ordered = photos.select_related("evidence_set", "what_was_read").order_by("received_at", "pk")
    log = _log(claim, decisions, messages)
    people = {row.author_id for row in messages} | {row.by_id for row in contacts}
    people |= {row.by_id for row in decisions} | {row.settled_by_id for row in decisions}
    log.learn_names(people)
    return _Rows(claim, siblings, messages, contacts, list(ordered), decisions, log)


def _log(claim: Claim, decisions: Iterable[Decision], messages: Iterable[Message]) -> Log:
    rows = StateChange.objects.filter(
        Q(subject=Subject.CLAIM, subject_id=claim.pk)
        | Q(subject=Subject.FILING, subject_id=claim.filing_id)
        | Q(subject=Subject.DECISION, subject_id__in=[row.pk for row in decisions])
        | Q(subject=Subject.MESSAGE, subject_id__in=[row.pk for row in messages])
    )
    return Log(list(rows.select_related("note").order_by("pk")))


def _allowed(rows: _Rows, by: Staff, *, has_remedy: bool) -> Allowed:
    claim, person = rows.claim, person_of(by)
    final = [
        row for row in rows.decisions if row.state == DecisionState.FINAL and row.kind in MERITS
    ]
    owners = {row.evidence_id for row in rows.messages if row.direction == Direction.FROM_OWNER}
    has_proof = not asks_for_photos(claim.filing) or any(
        photo.state == PhotoState.CLEAN and photo.evidence_set_id in owners | {claim.evidence_id}
        for photo in rows.photos
    )
    case = case_from(
        claim,
        DecisionKind.APPROVE,
        has_proof=has_proof,
        deciders=who_decided([(row.by_id, row.settled_by_id) for row in final]),
        grant=2 if has_remedy else 1,
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


def _message(row: Message, log: Log, *, in_full: bool) -> ShownMessage:
    return ShownMessage(
        message_id=row.pk,
        is_owners=row.direction == Direction.FROM_OWNER,
        author=log.name_of(row.author_id),
        at=row.at,
        text=opened(row, "sealed_text") if in_full else None,
    )


def _contact(row: Contact, log: Log, *, in_full: bool) -> ShownContact:
    return ShownContact(
        contact_id=row.pk,
        channel=Channel(row.channel),
        about=ContactAbout(row.about),
        happened_at=row.happened_at,
        by=log.name_of(row.by_id),
        note=opened(row, "sealed_note") if in_full else None,
    )


def _others(rows: _Rows) -> tuple[OtherClaim, ...]:
    """The claims of the same filing, unit, e-mail address or phone number, the newest first."""
    claim, filing = rows.claim, rows.claim.filing
    same = Q(filing=filing)
    if claim.unit_digest:
        same |= Q(unit_digest=claim.unit_digest)
    if filing.email_digest:
        same |= Q(filing__email_digest=filing.email_digest)
    if filing.phone_digest:
        same |= Q(filing__phone_digest=filing.phone_digest)
    found = Claim.objects.filter(same).exclude(pk=claim.pk).exclude(state=ClaimState.DRAFT)
    others = found.select_related("filing__recall").order_by("-pk")[:MOST_OTHERS]
    return tuple(_other(each, claim) for each in others)


def _other(other: Claim, claim: Claim) -> OtherClaim:
    return OtherClaim(
        claim_id=other.pk,
        reference=other.filing.reference,
        position=other.position,
        recall=other.filing.recall.slug,
        state=ClaimState(other.state),
        promised_on=other.promised_on,
        shares=what_both_have(claim, other),
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
