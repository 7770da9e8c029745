"""What the decision rule is told of a claim: frozen values, with no personal data.

Guarantee: every fact that is left out stands for "not known", which the rule never reads as good.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from recalldesk.claims.photo_facts import LabelReads
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.document.remedy import Mark
from recalldesk.recalls.document.review import Review


class Sharing(StrEnum):
    """What two claims may have in common."""

    CODE = "code"
    UNIT = "unit"
    PERSON = "person"
    ADDRESS = "address"
    HOUSE = "house"
    PAYEE = "payee"
    NETWORK = "network"


class Counted(StrEnum):
    """What is counted against a limit. The values are the names of the limits in a recall file."""

    PERSON = "person"
    ADDRESS = "address"
    HOUSE = "house"
    PAYEE = "payee"
    NETWORK = "network"
    OWNERS_AT_ADDRESS = "owners_at_address"
    OWNERS_OF_PAYEE = "owners_of_payee"


@dataclass(frozen=True)
class PhotoLead:
    """A photo of this claim beside one of another. `distance`: bits of 256, 0 for the same bytes;
    `is_same_unit`: whether both claims are known to be for one unit."""

    photo_id: int
    other_photo_id: int
    other_claim_id: int
    distance: int
    is_same_file: bool = False
    is_same_unit: bool = False
    shared: frozenset[Sharing] = frozenset()


@dataclass(frozen=True)
class Worth:
    """What a remedy is worth, in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class PhotosSay:
    """What a claim's photos show. `other_labels`: photos of a label that surely reads otherwise;
    `useless`: kinds that are asked for, of which photos came and none can be used.
    """

    are_settled: bool = False
    label: LabelReads | None = None
    other_labels: int = 0
    asked_marks: frozenset[Mark] | None = None
    verified_marks: frozenset[Mark] = frozenset()
    is_marking_read: bool = False
    are_markings_read: bool = False
    useless: frozenset[PhotoKind] = frozenset()


@dataclass(frozen=True)
class Neighbours:
    """What a claim shares with others. `counts`: with this claim among them; 0 where it has nothing
    of the kind. `is_cut`: there may be more like photos than were compared; `fraud`: claims of the
    same person, address or payee that a person found fraudulent; `paid_unnamed`: such claims that
    were decided for, and nobody could name their unit: it may be this one."""

    leads: tuple[PhotoLead, ...]
    counts: Mapping[Counted, int]
    is_cut: bool = False
    fraud: tuple[int, ...] | None = None
    paid_unnamed: tuple[int, ...] | None = None


@dataclass(frozen=True)
class ClaimFacts:
    """A claim as the rule sees it. `missing`: the steps that still lack something; `may_ask`: one
    more photo can be asked for, and was not yet; `reported`: the reports of
    others that they corrected its unit; `led_from`: later claims that led back to it once
    it was approved."""

    reading: UnitReading | None = None
    found: str = ""
    holds_unit: bool = False
    has_remedy: bool | None = None
    reported: tuple[int, ...] | None = None
    is_dangerous: bool | None = None
    was_with_person: bool | None = None
    has_unread_words: bool | None = None
    is_unreached: bool | None = None
    cannot_photograph: bool | None = None
    missing: tuple[str, ...] | None = None
    may_ask: bool = False
    led_from: tuple[int, ...] | None = None
    worth: Worth | None = None
    photos: PhotosSay = field(default_factory=PhotosSay)
    neighbours: Neighbours | None = None


@dataclass(frozen=True)
class Terms:
    """By what a claim is decided: those of the version that is live. `wait_before_order`: so long a
    remedy that the rule alone approved is not ordered."""

    by_rule: bool
    limits: Mapping[Counted, int]
    copy_within: int
    like_within: int
    second_person_over: Worth | None = None
    wait_before_order: timedelta = timedelta(0)


def terms_of(review: Review) -> Terms:
    """The terms that a recall file states."""
    over = review.second_person_over
    return Terms(
        by_rule=review.by_rule,
        limits={each: getattr(review.limits, each.value) for each in Counted},
        copy_within=review.copy_within,
        like_within=review.like_within,
        second_person_over=Worth(over.amount, over.currency) if over else None,
        wait_before_order=timedelta(days=review.wait_before_order_days),
    )
