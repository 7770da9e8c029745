"""What the claim page shows, as values: no row and no sealed value leaves the reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recalldesk.claims.desk.masking import MaskedOwner
from recalldesk.claims.desk.recall_asks import DeclineReason
from recalldesk.claims.desk.serial_beside import SerialBeside
from recalldesk.claims.desk.templates import Filled
from recalldesk.claims.states import (
    Channel,
    ClaimState,
    ContactAbout,
    DecisionKind,
    DecisionState,
    LeadState,
    Proof,
    UnitReading,
)
from recalldesk.reading.seen import Box


@dataclass(frozen=True)
class ReadBox:
    """A text that was read in a photo, and where. `kind`: serial, line or bar_code."""

    kind: str
    text: str
    confidence: float | None
    box: Box


@dataclass(frozen=True)
class ShownMark:
    """One thing that was to be written, and whether the engine saw it. `score`: from 0 to 1."""

    mark: str
    score: float
    is_verified: bool


@dataclass(frozen=True)
class ShownPhoto:
    """A photo; without boxes for whoever may not see it. `of`: claim, other_claim, message or
    contact, with its id. `problem`: why it is of no use, or empty."""

    photo_id: int
    kind: str
    state: str
    reading: str
    received_at: datetime
    width: int | None
    height: int | None
    of: tuple[str, int]
    boxes: tuple[ReadBox, ...]
    marks: tuple[ShownMark, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class ShownMessage:
    """A message. `text` is None where whoever looks may not see it."""

    message_id: int
    is_owners: bool
    author: str
    at: datetime
    text: str | None


@dataclass(frozen=True)
class ShownContact:
    """A contact by phone, letter or in person. What was noted is opened on its own page."""

    contact_id: int
    channel: Channel
    about: ContactAbout
    happened_at: datetime
    by: str
    has_note: bool


@dataclass(frozen=True)
class Happening:
    """A row of the log. `by`: the name of staff, or empty; `note`: what they wrote beside it."""

    at: datetime
    subject: str
    before: str
    after: str
    reason: str
    actor: str
    by: str
    note: str | None


@dataclass(frozen=True)
class ShownDecision:
    """A decision, and what whoever looks may do with it."""

    decision_id: int
    kind: DecisionKind
    state: DecisionState
    by: str
    settled_by: str
    at: datetime
    takes_effect_at: datetime
    reasons: tuple[str, ...]
    grounds: Mapping[str, Any]
    is_told: bool
    may_undo: bool
    may_settle: bool


@dataclass(frozen=True)
class OtherClaim:
    """Another claim. `shares`: unit, email, phone or filing, whatever both have; photo, where one
    led the rule to it; and lead, where the rule names it for another reason."""

    claim_id: int
    reference: str
    position: int
    recall: str
    state: ClaimState
    promised_on: date | None
    shares: tuple[str, ...]


@dataclass(frozen=True)
class ShownLead:
    """A later claim that led to this one after its remedy was ordered. `found_by`: a name."""

    lead_id: int
    reference: str
    position: int
    at: datetime
    reasons: tuple[str, ...]
    state: LeadState
    found_by: str


@dataclass(frozen=True)
class Allowed:
    """What whoever looks may do. `lacks`: why it cannot be approved, or empty; `grounds_for_two`:
    why an approval takes two people; `needs_note`: every decision needs a word."""

    may_decide: bool
    may_second: bool
    may_answer: bool
    may_see_personal: bool
    is_barred: bool
    lacks: str
    grounds_for_two: tuple[str, ...]
    needs_note: bool


@dataclass(frozen=True)
class ShownUnit:
    """The unit that is claimed. `serial`, `marking_code`: masked for whoever may not see them.
    `reports`: of others that they corrected it."""

    position: int
    product: str
    variant: str
    reading: UnitReading
    serial: str
    found: str
    holds_unit: bool
    marking_code: str
    cannot_photograph: bool
    has_remedy: bool
    reports: tuple[int, ...] = ()

    @property
    def is_corrected(self) -> bool:
        """Whether an approval would give it a second remedy."""
        return self.has_remedy or bool(self.reports)


@dataclass(frozen=True)
class ShownDisposal:
    """How the unit was got rid of, as far as is known. `asks`: what the recall asks, or empty where
    it asks nothing or the unit is needed; `holds_remedy`: the remedy waits for it."""

    asks: str
    disposed_on: date | None
    no_site_on: date | None
    proof: Proof
    holds_remedy: bool


@dataclass(frozen=True)
class ShownFiling:
    """What the claim belongs to. `entered_by`: the name of staff, or empty; `former`: the system
    from which it was taken over, and its reference there."""

    reference: str
    recall: str
    version: int
    language: str
    country: str
    remedy_key: str
    remedy: str
    filed_at: datetime | None
    is_dangerous: bool
    owner_wrote_at: datetime | None
    unreached_since: datetime | None
    channel: Channel
    entered_by: str
    owner: MaskedOwner
    former: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Place:
    """Where a claim stands at the desk, and who is on it: names of staff, or empty. `looker_id`:
    who looked at it last, up to when `looked_at_until` says. `today`: the day that it is where its
    promise holds."""

    state: ClaimState
    state_since: datetime
    promised_on: date | None
    today: date
    desk: str
    tags: tuple[str, ...]
    is_appealed: bool
    assigned_to: str
    assigned_id: int | None
    looked_at_by: str
    looker_id: int | None
    looked_at_until: datetime | None


@dataclass(frozen=True)
class ClaimPage:
    """Everything that the claim page shows. `seen` goes back with whatever is decided on it;
    `asked_beside`: what was asked for besides, by name."""

    claim_id: int
    seen: int
    filing: ShownFiling
    unit: ShownUnit
    disposal: ShownDisposal
    place: Place
    beside: SerialBeside | None
    photos: tuple[ShownPhoto, ...]
    messages: tuple[ShownMessage, ...]
    contacts: tuple[ShownContact, ...]
    timeline: tuple[Happening, ...]
    decisions: tuple[ShownDecision, ...]
    others: tuple[OtherClaim, ...]
    late_leads: tuple[ShownLead, ...]
    decline_reasons: tuple[DeclineReason, ...]
    templates: tuple[Filled, ...]
    allowed: Allowed
    asked_beside: Mapping[str, Any]
