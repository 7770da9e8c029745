"""What somebody decided last, kept with their session while it can be undone.

Guarantee: it names a claim by its reference, and shows nobody's decision but one's own.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.console.claim_shown import name_of
from recalldesk.foundation import clock

KEPT = "decided_last"
SAID = {
    DecisionKind.APPROVE: "approved",
    DecisionKind.DECLINE: "declined",
    DecisionKind.DUPLICATE: "marked as a duplicate",
    DecisionKind.ASK_OWNER: "sent back to its owner with a question",
}


@dataclass(frozen=True)
class DecidedLast:
    """A decision that may still be undone. `until`: when its owner is told, as ISO text;
    `is_proposed`: nobody is told before another person agrees."""

    decision_id: int
    reference: str
    position: int
    said: str
    until: str
    is_proposed: bool = False

    @property
    def name(self) -> str:
        """The claim's name."""
        return name_of(self.reference, self.position)

    @property
    def until_when(self) -> datetime:
        """The same as a moment."""
        return datetime.fromisoformat(self.until)


def keep(request: HttpRequest, claim: Claim, decision: Decision) -> None:
    """Keeps a decision that was just made."""
    said = SAID.get(DecisionKind(decision.kind), "decided")
    is_proposed = decision.state == DecisionState.PROPOSED
    if is_proposed:
        said = "given to a second person"
    request.session[KEPT] = asdict(
        DecidedLast(
            decision.pk,
            claim.filing.reference,
            claim.position,
            said,
            decision.takes_effect_at.isoformat(),
            is_proposed,
        )
    )


def forget(request: HttpRequest, decision_id: int) -> None:
    """Shows it no more."""
    kept = decided_last(request)
    if kept is not None and kept.decision_id == decision_id:
        del request.session[KEPT]


def forget_all(request: HttpRequest) -> None:
    """What was decided last is no longer one decision: several were made at once since."""
    request.session.pop(KEPT, None)


def decided_last(request: HttpRequest) -> DecidedLast | None:
    """What can still be undone, if anything."""
    session = getattr(request, "session", None)
    kept: dict[str, Any] | None = session.get(KEPT) if session is not None else None
    if not kept:
        return None
    last = DecidedLast(**kept)
    return last if last.until_when > clock.now() else None
