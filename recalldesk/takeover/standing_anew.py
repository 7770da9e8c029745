"""A claim of which nothing was decided here stands where a later word of the other system has it.

Guarantees: what waits for a unit that it is not of any more is taken back before anything is owed
anew; a unit that came in beside others of its claim is approved by a person only.
"""

from dataclasses import replace

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import HOLDS_NOTHING, MOVES, ClaimState, UnitReading
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.remedies.taking_over import Owed, owe
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.takeover.claims_judged import Judged, Unit, judged
from recalldesk.takeover.claims_said import ClaimSaid
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim
from recalldesk.takeover.remedies_said import Terms

S = ClaimState
STANDS = "says that it is {said}, and its claim is {state} for good"


def put_unit(claim: Claim, unit: Unit) -> Remedy | None:
    """Makes a claim be of another unit; the remedy that waited for the one before, taken back."""
    waited = _take_back(claim)
    claim.sealed_serial = sealed(
        Claim, "sealed_serial", unit.serial, recall_id=claim.filing.recall_id
    )
    claim.unit_digest, claim.found = unit.digest, unit.found
    claim.product = unit.product or claim.product
    claim.reading, claim.remedy, claim.holds_unit = UnitReading.SERIAL, None, False
    claim.save(
        update_fields=[
            *("sealed_serial", "unit_digest", "found", "product", "reading"),
            *("remedy", "holds_unit"),
        ]
    )
    return waited


def owe_again(reading: Reading, claim: Claim, before: Remedy) -> None:
    """What waited for the unit before waits for this one, for the same reason."""
    _owe(reading, claim, Owed(unit_of(claim), before.key, Held(before.held)))


def stand_anew(
    reading: Reading, terms: Terms, taken: TakenClaim, said: ClaimSaid, unit: Unit
) -> bool | str:
    """Judges a claim by what is said of it now: whether it moved, or why it cannot."""
    claim = taken.claim
    found = _with_a_person(judged(said, unit, terms.document.remedies[0]), taken)
    steps = _way(S(claim.state), found.state)
    if steps is None:
        return STANDS.format(said=said.said, state=claim.get_state_display().casefold())
    waits = claim.remedy if claim.remedy and claim.remedy.state == RemedyState.WAITING else None
    is_news = bool(steps)
    if found.owed is None:
        _take_back(claim)
    elif waits is None:
        _owe(reading, claim, Owed(unit_of(claim), found.owed.key, found.held))
    elif waits.key != found.owed.key:
        waits.key, is_news = found.owed.key, True
        waits.save(update_fields=["key"])
    if said.offered and said.offered.key != claim.filing.remedy_key:
        claim.filing.remedy_key, is_news = said.offered.key, True
        claim.filing.save(update_fields=["remedy_key"])
    for state in steps:
        move_claim(
            claim=claim,
            to=state,
            actor=Actor.STAFF,
            actor_id=reading.by.pk,
            reason=Reason.TAKEN_OVER,
            tags=found.tags,
        )
    return is_news


def hold(claim: Claim) -> None:
    """Makes it hold its unit, where nobody else does."""
    if not claim.holds_unit and claim.state not in HOLDS_NOTHING:
        hold_unit(claim)


def _with_a_person(found: Judged, taken: TakenClaim) -> Judged:
    """One that a later file added to its filing is never approved by a file."""
    rows = TakenClaim.objects.filter(claim__filing_id=taken.claim.filing_id)
    is_added = rows.filter(file_id__lt=taken.file_id).exists()
    return wait_for_a_person(found) if is_added else found


def wait_for_a_person(found: Judged) -> Judged:
    """The same, where it is approved and nothing was given, in review."""
    if found.state is not S.APPROVED or found.remedy is not None or found.said.is_paid:
        return found
    tags = tuple(sorted({*found.tags, R.WITH_A_PERSON}))
    return replace(found, state=S.IN_REVIEW, tags=tags, owed=None)


def _way(here: ClaimState, to: ClaimState) -> tuple[ClaimState, ...] | None:
    """Through review, where no move leads there."""
    if here is to:
        return ()
    if to in MOVES[here]:
        return (to,)
    if S.IN_REVIEW in MOVES[here] and to in MOVES[S.IN_REVIEW]:
        return (S.IN_REVIEW, to)
    return None


def _take_back(claim: Claim) -> Remedy | None:
    """The remedy that waited."""
    remedy = claim.remedy
    if remedy is None or remedy.state != RemedyState.WAITING:
        return None
    cancel_remedy(unit_digest=unit_of(claim), reason=Reason.TAKEN_OVER)
    return remedy


def _owe(reading: Reading, claim: Claim, owed: Owed) -> None:
    (claim.remedy,) = owe(reading.recall, [owed], by=reading.by)
    claim.save(update_fields=["remedy"])
