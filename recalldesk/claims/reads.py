"""The door to filings: what is known of one, opened for whoever may see it.

Guarantee: views hold no rows and no sealed values; what they get is a value with what a page shows.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.completeness import (
    MOST_WITH_PHOTOS,
    FilingFacts,
    Step,
    UnitFacts,
    missing_steps,
    steps_of,
)
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.payees import PayeeKind
from recalldesk.claims.states import (
    OPEN,
    UNTIL_SHIPPED,
    ClaimState,
    Direction,
    FilingState,
    Proof,
    UnitReading,
)
from recalldesk.claims.untold import TOLD_STATES, as_told, untold
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.reads import photos_of, photos_of_each
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing.tracking import tracking_of
from recalldesk.remedies.providers.interface import Tracking
from recalldesk.remedies.reads import may_be_sent_since_takeover
from recalldesk.remedies.states import Held
from recalldesk.sealing.fields_of_rows import opened

BY_PEOPLE = frozenset({Reason.BY_PERSON, Reason.TWO_PEOPLE})
PARCEL_SENT = frozenset({ClaimState.REMEDY_SENT, ClaimState.SETTLED})
"""In these a parcel can be followed."""
FAILED_PHOTOS = frozenset({PhotoState.INFECTED, PhotoState.UNUSABLE})


@dataclass(frozen=True)
class SeenUnit:
    """One unit of a filing, opened. `may_be_sent`: a system before this one may have sent what
    waits here for it."""

    claim_id: int
    position: int
    product: str
    variant: str
    reading: UnitReading
    serial: str
    found: str
    marking_code: str
    cannot_photograph: bool
    evidence: EvidenceSet
    photos: tuple[Photo, ...]
    state: ClaimState
    promised_on: date | None
    disposed_on: date | None
    no_site_on: date | None = None
    proof: Proof = Proof.NONE
    is_held_for_disposal: bool = False
    may_be_sent: bool = False
    tracking: Tracking | None = None


@dataclass(frozen=True)
class SeenMessage:
    """One message, opened."""

    is_mine: bool
    text: str
    at: datetime
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class Stage:
    """A stage that a claim came to, and when."""

    state: ClaimState
    at: datetime
    reason: str


@dataclass(frozen=True)
class SeenFiling:
    """A filing, opened for its owner. `address` and `payee` are by field."""

    filing: Filing
    document: Document
    name: str
    email: str
    phone: str
    address: dict[str, str]
    payee: dict[str, str]
    units: tuple[SeenUnit, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it was not sent yet."""
        return self.filing.state == FilingState.DRAFT

    @property
    def facts(self) -> FilingFacts:
        """What the rule of completeness needs to know."""
        return FilingFacts(
            units=tuple(facts_of_unit(unit) for unit in self.units),
            country=self.filing.country,
            has_name=bool(self.name),
            has_email=bool(self.email),
            has_phone=bool(self.phone),
            remedy_key=self.filing.remedy_key,
            has_address=bool(self.address),
            has_payee=bool(self.payee),
            payee_needs_address=self.payee.get("kind") == PayeeKind.CHECK,
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps, in their order."""
        return steps_of(self.document, self.facts)

    @property
    def missing(self) -> tuple[Step, ...]:
        """The steps that still lack something."""
        return missing_steps(self.document, self.facts)

    @property
    def can_be_mended(self) -> bool:
        """Whether address and payee may still be changed."""
        return any(unit.state in UNTIL_SHIPPED for unit in self.units)

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether there is a unit whose remedy is on its way neither from here nor from before."""
        return any(unit.state in UNTIL_SHIPPED and not unit.may_be_sent for unit in self.units)

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for anything any more, so that it may be erased."""
        return not any(unit.state in OPEN for unit in self.units)


def seen_by_owner(filing: Filing) -> SeenFiling:
    """A filing with all that its owner may see: without decisions that they were not told yet.

    Raises SealingError.
    """
    seen = seen_filing(filing)
    known = {} if seen.is_draft else as_told(filing)
    units = (
        replace(unit, state=stands.state, promised_on=stands.promised_on)
        if (stands := known.get(unit.claim_id))
        else unit
        for unit in seen.units
    )
    return replace(seen, units=tuple(units)) if known else seen


def facts_of_unit(unit: SeenUnit) -> UnitFacts:
    """What the rule of completeness needs to know of a unit."""
    return UnitFacts(
        reading=unit.reading,
        has_serial=bool(unit.serial),
        photos=frozenset(
            PhotoKind(photo.kind) for photo in unit.photos if photo.state not in FAILED_PHOTOS
        ),
        cannot_photograph=unit.cannot_photograph,
    )


def seen_filing(filing: Filing) -> SeenFiling:
    """A filing with all that is known of it, as it stands. Raises SealingError."""
    return _seen(filing, _claims_of(filing))


def seen_beside(claim: Claim) -> SeenFiling:
    """The same for whoever looks at one claim: of a list of many units it and the first ones, from
    which follows all that is asked of a filing of many. Raises SealingError."""
    claims = _claims_of(claim.filing)
    if claim.filing.is_list:
        first = claims.values("pk")[: MOST_WITH_PHOTOS + 1]
        claims = claims.filter(Q(pk=claim.pk) | Q(pk__in=first))
    return _seen(claim.filing, claims)


def _claims_of(filing: Filing) -> QuerySet[Claim]:
    return filing.claims.select_related("evidence", "filing", "remedy").order_by("position")


def _seen(filing: Filing, claims: QuerySet[Claim]) -> SeenFiling:
    return SeenFiling(
        filing=filing,
        document=document_of(filing.version),
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        address=_by_field(opened(filing, "sealed_address")),
        payee=_by_field(opened(filing, "sealed_payee")),
        units=_seen_units(list(claims)),
    )


def facts_of(filing: Filing) -> FilingFacts:
    """What the rule of completeness needs to know of a filing."""
    return seen_filing(filing).facts


def _by_field(text: str) -> dict[str, str]:
    return json.loads(text) if text else {}


def _seen_units(claims: list[Claim]) -> tuple[SeenUnit, ...]:
    """The units, by so many questions however many they are."""
    photos = photos_of_each([claim.evidence_id for claim in claims])
    sent = [c.remedy_id for c in claims if c.remedy_id and c.state in PARCEL_SENT]
    orders = Order.objects.filter(remedy__in=sent) if sent else ()
    tracking = {order.remedy_id: tracking_of(order) for order in orders}
    return tuple(
        _seen_unit(
            claim,
            photos.get(claim.evidence_id, ()),
            tracking.get(claim.remedy_id) if claim.remedy_id else None,
        )
        for claim in claims
    )


def _seen_unit(claim: Claim, photos: Sequence[Photo], tracking: Tracking | None) -> SeenUnit:
    return SeenUnit(
        claim_id=claim.pk,
        position=claim.position,
        product=claim.product,
        variant=claim.variant,
        reading=UnitReading(claim.reading),
        serial=opened(claim, "sealed_serial"),
        found=claim.found,
        marking_code=claim.marking_code,
        cannot_photograph=claim.cannot_photograph,
        evidence=claim.evidence,
        photos=tuple(photos),
        state=ClaimState(claim.state),
        promised_on=claim.promised_on,
        disposed_on=claim.disposed_on,
        no_site_on=claim.no_site_on,
        proof=Proof(claim.proof),
        is_held_for_disposal=claim.remedy is not None and claim.remedy.held == Held.DISPOSAL,
        may_be_sent=may_be_sent_since_takeover(claim.remedy),
        tracking=tracking,
    )


def stages_of(claim_id: int) -> tuple[Stage, ...]:
    """The stages that a claim came to, the first one first, as far as its owner knows: neither a
    decision that was undone, nor one that may still be.
    """
    return stages_of_each([claim_id])[claim_id]


def stages_of_each(claim_ids: Collection[int]) -> Mapping[int, tuple[Stage, ...]]:
    """The same of several, by two questions."""
    rows = StateChange.objects.filter(subject=Subject.CLAIM, subject_id__in=claim_ids)
    found: dict[int, list[Stage]] = {claim_id: [] for claim_id in claim_ids}
    for row in rows.order_by("pk"):
        stages = found[row.subject_id]
        if row.to_state == row.from_state:
            continue
        if row.reason == Reason.UNDONE:
            stages.pop()
        else:
            stages.append(Stage(ClaimState(row.to_state), row.at, row.reason))
    doubtful = [
        claim_id
        for claim_id, stages in found.items()
        if stages and stages[-1].reason in BY_PEOPLE and stages[-1].state in TOLD_STATES
    ]
    if doubtful:
        unknown = untold().filter(claim_id__in=doubtful).values_list("claim_id", flat=True)
        for claim_id in set(unknown):
            found[claim_id].pop()
    return {claim_id: tuple(stages) for claim_id, stages in found.items()}


def messages_of(filing: Filing) -> tuple[SeenMessage, ...]:
    """What owner and desk wrote, the first one first."""
    rows = filing.messages.select_related("filing", "evidence").order_by("at", "pk")
    return tuple(
        SeenMessage(
            is_mine=row.direction == Direction.FROM_OWNER,
            text=opened(row, "sealed_text"),
            at=row.at,
            photos=tuple(photos_of(row.evidence)) if row.evidence else (),
        )
        for row in rows
    )


def photo_of(filing: Filing, photo_id: int) -> Photo | None:
    """A photo of this filing's claims or messages; None where it is none of them."""
    photo = Photo.objects.filter(pk=photo_id).exclude(state=PhotoState.REMOVED).first()
    if photo is None:
        return None
    sets = set(filing.claims.values_list("evidence_id", flat=True))
    sets |= set(filing.messages.exclude(evidence=None).values_list("evidence_id", flat=True))
    return photo if photo.evidence_set_id in sets else None


def evidence_of(filing: Filing, position: int) -> EvidenceSet | None:
    """The photos of a unit of this filing, by the unit's place; None where there is no such one."""
    claim = filing.claims.select_related("evidence").filter(position=position).first()
    return claim.evidence if claim else None
