"""What becomes of a claim here that another system decided: a pure rule.

Guarantees: nothing that may have been paid waits to be ordered; what that system owes waits until a
person lets it go on, and only where it lacks nothing; of two claims for one unit the later one
waits for a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.remedies_offered import Need, comes_by_email, needs_of
from recalldesk.claims.states import HOLDS_NOTHING, ClaimState
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.takeover.claims_said import ClaimSaid
from recalldesk.takeover.remedies_said import RemedySaid
from recalldesk.units.verdict.answer import Verdict

S, M = ClaimState, RemedyState
STANDS_AT: Mapping[RemedyState, ClaimState] = {
    M.WAITING: S.APPROVED,
    M.ORDERING: S.REMEDY_ORDERED,
    M.ORDERED: S.REMEDY_ORDERED,
    M.SENT: S.REMEDY_SENT,
    M.DELIVERED: S.SETTLED,
    M.CANCELLED: S.APPROVED,
    M.FAILED: S.APPROVED,
    M.RETURNED: S.APPROVED,
}
"""Where a claim stands, by its remedy. One that came to nothing waits for a person, as it does
wherever that happens."""


@dataclass(frozen=True)
class Unit:
    """What is known here of the unit. `digest`: empty where no serial names one; `is_held`: another
    claim holds it; `has_remedy`: it has one that counts."""

    digest: bytes = b""
    serial: str = ""
    found: str = ""
    product: str = ""
    is_held: bool = False
    has_remedy: bool = False


@dataclass(frozen=True, repr=False)
class Judged:
    """`owed`: the remedy that waits or was given, with why it waits; `remedy`: what was given."""

    said: ClaimSaid
    unit: Unit
    state: ClaimState
    tags: tuple[R, ...] = ()
    owed: Offered | None = None
    held: Held = Held.TAKEN_OVER
    remedy: RemedySaid | None = None

    @property
    def holds_unit(self) -> bool:
        """Whether it holds its unit."""
        is_known = bool(self.unit.digest) and self.unit.found == Verdict.AFFECTED
        return is_known and not self.unit.is_held and self.state not in HOLDS_NOTHING


def has_paid(said: ClaimSaid) -> bool:
    """Whether that system has, or may have, given a remedy that its owner still has."""
    return said.is_paid if said.remedy is None else said.remedy.may_be_sent


def judged(said: ClaimSaid, unit: Unit, any_remedy: Offered) -> Judged:
    """`any_remedy`: of the recall, where a claim is said to be paid and no line says by what."""
    remedy = said.remedy
    if has_paid(said):
        if remedy is None:
            return Judged(said, unit, S.APPROVED, owed=said.offered or any_remedy)
        state = STANDS_AT[remedy.given.state] if remedy.given else S.APPROVED
        return Judged(said, unit, state, owed=remedy.offered, held=remedy.held, remedy=remedy)
    is_over = said.state in HOLDS_NOTHING
    if remedy is not None and remedy.given is not None and not unit.has_remedy and not is_over:
        return Judged(said, unit, S.APPROVED, owed=remedy.offered, remedy=remedy)
    wanted = S.APPROVED if remedy is not None and not is_over else said.state
    if wanted is S.APPROVED:
        tags = tuple(_why_not(said, unit))
        if tags:
            return Judged(said, unit, S.IN_REVIEW, tags)
        return Judged(said, unit, S.APPROVED, owed=said.offered)
    if wanted in (S.IN_REVIEW, S.NEEDS_OWNER) and unit.is_held:
        return Judged(said, unit, S.IN_REVIEW, (R.CONTESTED,))
    tags = (R.WITH_A_PERSON,) if wanted is S.IN_REVIEW else ()
    return Judged(said, unit, wanted, tags)


def _why_not(said: ClaimSaid, unit: Unit) -> list[R]:
    """Why a claim that was approved there does not go on here without a person."""
    reasons = []
    if unit.is_held:
        reasons.append(R.CONTESTED)
    if unit.has_remedy:
        reasons.append(R.REMEDY_GIVEN)
    if not unit.digest:
        reasons.append(R.SERIAL_UNREADABLE)
    elif unit.found != Verdict.AFFECTED:
        reasons.append(R.NOT_AFFECTED)
    if _lacks(said):
        reasons.append(R.INCOMPLETE)
    return reasons


def _lacks(said: ClaimSaid) -> bool:
    """Whether the remedy could not be sent. Where money goes no file says: its owner is asked."""
    if said.offered is None:
        return True
    needs = needs_of(said.offered)
    return (
        Need.PAYEE in needs
        or (Need.ADDRESS in needs and said.address is None)
        or (comes_by_email(said.offered) and not said.email)
    )
