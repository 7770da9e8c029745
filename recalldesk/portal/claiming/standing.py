"""How a filed claim stands: what its page says, made from what is known of it.

Guarantees: while a claim is open its page names a day, unless only its owner is waited for, who has
a code to look at; a day that has passed is said to be late; a unit is never said to be ready for
disposal before it is decided on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.functional import Promise

from recalldesk.audit.states import Reason
from recalldesk.claims.following import APPEALED
from recalldesk.claims.promises import decided_on_if_answered, sent_on_if_mended, today_of
from recalldesk.claims.reads import FAILED_PHOTOS, SeenFiling, SeenUnit, Stage, stages_of_each
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.claims.remedying.disposal import comes_first
from recalldesk.claims.remedying.gift_codes import units_with_code
from recalldesk.claims.remedying.mended import OWNER_MENDS
from recalldesk.claims.states import DECIDED_FOR, OPEN, ClaimState, Proof, UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.portal.claiming.stage_words import (
    CODED,
    DISPOSAL_FIRST,
    MENDS,
    PHOTO_ASKED,
    REASONS,
    STAGES,
    StageWords,
)
from recalldesk.recalls.document.product import Product, Variant
from recalldesk.recalls.document.remedy import Attestation, Remedy

ON_THE_WAY = frozenset({ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW})
"""To a decision, with nothing that is asked of the owner."""
ASKS_PROOF = frozenset({Proof.NONE, Proof.REFUSED})
MANY_UNITS = 3
"""With more of them each is folded, but for those that wait for the owner."""


@dataclass(frozen=True)
class Line:
    """A stage that was passed, or the one that lasts."""

    words: Promise
    at: datetime
    is_now: bool
    asks_photo: bool
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """One unit: its dated lines, what comes next, and by when."""

    unit: SeenUnit
    product: Product | None
    variant: Variant | None
    lines: tuple[Line, ...]
    by: date | None
    is_late: bool
    asks_disposal: bool
    asks_proof: bool = False
    """Whether a photo of how it was got rid of can be sent."""
    has_code: bool = False
    """Whether a gift code can be shown for it."""

    @property
    def words(self) -> StageWords:
        """The words of its present stage."""
        if self.has_code and self.unit.state in CODED:
            return CODED[self.unit.state]
        if self.kind_asked:
            return PHOTO_ASKED
        if self.waits_for_disposal:
            return DISPOSAL_FIRST
        return MENDS.get(self.asked_for, STAGES[self.unit.state])

    @property
    def asked_for(self) -> str:
        """Why the owner is asked, where a remedy could not be delivered; else empty."""
        reason = self.lines[-1].reason if self.is_asked and self.lines else ""
        return reason if reason in MENDS else ""

    @property
    def is_mended_here(self) -> bool:
        """Whether the owner puts it right by another address or account, on a page of its own."""
        return self.asked_for in OWNER_MENDS

    @property
    def is_code_new(self) -> bool:
        """Whether its owner did not look at the code yet."""
        return self.has_code and self.unit.state is ClaimState.REMEDY_SENT

    @property
    def kind_asked(self) -> str:
        """What the photo shows that the owner is asked for anew; empty where none is. Where every
        photo can be used, it is the one in which what was written was not seen."""
        if not self.is_asked or not self.lines[-1].asks_photo:
            return ""
        good = {photo.kind for photo in self.unit.photos if photo.state not in FAILED_PHOTOS}
        bad = {photo.kind for photo in self.unit.photos} - good
        unseen = PhotoKind.MARKING if PhotoKind.MARKING in good else PhotoKind.OTHER
        return next((kind for kind in PhotoKind if kind in bad), unseen)

    @property
    def waits_for_disposal(self) -> bool:
        """Whether the remedy waits for its owner to get rid of the unit; not while we look at the
        photo of that."""
        is_held = self.unit.state is ClaimState.APPROVED and self.unit.is_held_for_disposal
        return is_held and self.unit.proof in ASKS_PROOF

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for something."""
        return self.unit.state in OPEN

    @property
    def is_asked(self) -> bool:
        """Whether the owner is asked for something."""
        return self.unit.state is ClaimState.NEEDS_OWNER

    @property
    def may_be_got_rid_of(self) -> bool:
        """Whether the unit itself is not needed any more, also where its remedy came back."""
        return self.unit.state in DECIDED_FOR or bool(self.asked_for)


@dataclass(frozen=True)
class StandingFiling:
    """The whole filing, on a day."""

    seen: SeenFiling
    units: tuple[Standing, ...]

    @property
    def foremost(self) -> Standing:
        """The unit of which the headline tells: one that the owner is asked about, else one that is
        open and late or soonest due, else the first."""
        asked = [each for each in self.units if each.is_asked]
        waiting = [each for each in self.units if each.is_open]
        waiting.sort(key=lambda each: each.by or date.max)
        return (asked or waiting or list(self.units))[0]

    @property
    def has_code(self) -> bool:
        """Whether a gift code can be shown for some unit."""
        return any(each.has_code for each in self.units)

    @property
    def differs(self) -> bool:
        """Whether its units stand at several stages."""
        return len({each.unit.state for each in self.units}) > 1

    @property
    def is_being_checked(self) -> bool:
        """Whether its units are on their way to a decision, some of them a step further."""
        states = {each.unit.state for each in self.units}
        return self.differs and states <= ON_THE_WAY

    @property
    def is_dangerous(self) -> bool:
        """Whether its owner told of danger and no person has decided yet."""
        return self.seen.filing.is_dangerous and not any(
            each.may_be_got_rid_of for each in self.units
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for something."""
        return any(each.is_open for each in self.units)

    @property
    def is_folded(self) -> bool:
        """Whether there are so many units that each is folded."""
        return len(self.units) > MANY_UNITS

    @cached_property
    def remedy(self) -> Remedy | None:
        """The remedy that was chosen; None where none was, as with danger."""
        filing = self.seen.filing
        return remedy_named(self.seen.document, filing.country, filing.remedy_key)

    @property
    def may_get_remedy(self) -> bool:
        """Whether a remedy comes, or came, for some unit."""
        over = APPEALED | {ClaimState.WITHDRAWN}
        return any(each.unit.state not in over for each in self.units)

    @property
    def is_at_hand(self) -> bool:
        """Whether some unit is still with the owner, as far as is known."""
        return any(
            each.unit.reading is not UnitReading.GONE and each.unit.disposed_on is None
            for each in self.units
        )

    @property
    def may_be_got_rid_of(self) -> bool:
        """Whether every unit at hand is decided on."""
        return all(each.may_be_got_rid_of for each in self.units)

    @property
    def waits_for_disposal(self) -> bool:
        """Whether the remedy comes only after the unit is got rid of."""
        return comes_first(self.seen.document.disposal)

    @property
    def can_send_photos(self) -> bool:
        """Whether a photo can still help."""
        return any(
            each.is_open or each.unit.state in APPEALED or each.asks_proof for each in self.units
        )

    @property
    def can_appeal(self) -> bool:
        """Whether another person can be asked to look."""
        return any(each.unit.state in APPEALED for each in self.units)


def standing_of(
    seen: SeenFiling,
    stages: Callable[[int], tuple[Stage, ...]],
    today: date,
    coded: frozenset[int],
) -> StandingFiling:
    """How a filing stands today. `stages` gives those of a claim, by its id; `coded` are the places
    of the units for which there is a gift code to be shown."""
    units = (
        _standing(seen, unit, stages(unit.claim_id), today, has_code=unit.position in coded)
        for unit in seen.units
    )
    return StandingFiling(seen, tuple(units))


def standing_on_page(seen: SeenFiling) -> StandingFiling:
    """How a filing stands now, with its stages."""
    stages = stages_of_each([unit.claim_id for unit in seen.units])
    today, coded = today_of(seen.document), units_with_code(seen.filing)
    return standing_of(seen, stages.__getitem__, today, coded)


def _standing(
    seen: SeenFiling, unit: SeenUnit, stages: tuple[Stage, ...], today: date, *, has_code: bool
) -> Standing:
    product = next((each for each in seen.document.products if each.key == unit.product), None)
    variants = product.variants if product else ()
    waits_for_owner = has_code and unit.state is ClaimState.REMEDY_SENT
    by = None if waits_for_owner else unit.promised_on
    if not waits_for_owner and unit.state in OPEN and by is None:
        by = _if_answered(seen, stages, today)
    attestation = seen.document.disposal.attestation
    asks_disposal = (
        attestation is not Attestation.NONE
        and (unit.state in DECIDED_FOR or _came_back(unit, stages))
        and unit.reading is not UnitReading.GONE
        and unit.disposed_on is None
    )
    return Standing(
        unit=unit,
        product=product,
        variant=next((each for each in variants if each.key == unit.variant), None),
        lines=_lines(stages, has_code=has_code),
        by=by if unit.state in OPEN else None,
        is_late=unit.state in OPEN and by is not None and by < today,
        asks_disposal=asks_disposal,
        asks_proof=(
            asks_disposal
            and attestation is Attestation.PROVEN
            and not unit.cannot_photograph
            and unit.proof in ASKS_PROOF
        ),
        has_code=has_code,
    )


def _came_back(unit: SeenUnit, stages: tuple[Stage, ...]) -> bool:
    return unit.state is ClaimState.NEEDS_OWNER and bool(stages) and stages[-1].reason in MENDS


def _if_answered(seen: SeenFiling, stages: tuple[Stage, ...], today: date) -> date:
    """The day that follows where the owner does today what they are asked for."""
    if stages and stages[-1].reason in MENDS:
        return sent_on_if_mended(seen.document, seen.filing.remedy_key, today)
    return decided_on_if_answered(seen.document, today)


def _lines(stages: tuple[Stage, ...], *, has_code: bool) -> tuple[Line, ...]:
    return tuple(
        Line(
            _words(stage, has_code=has_code),
            stage.at,
            is_now=stage is stages[-1],
            asks_photo=stage.reason == Reason.PHOTO_ASKED,
            reason=stage.reason,
        )
        for stage in stages
    )


def _words(stage: Stage, *, has_code: bool) -> Promise:
    if has_code and stage.state in CODED:
        return CODED[stage.state].passed
    return REASONS.get(stage.reason) or STAGES[stage.state].passed
