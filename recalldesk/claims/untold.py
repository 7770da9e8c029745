"""Decisions of people that their owners were not told yet.

Guarantee: until a decision is told, nothing that an owner sees says that there is one: it may still
be undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.models import Claim, Decision, Filing
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState

TOLD = "told"
"""What the log says of a decision that its owner was told of."""
TOLD_KINDS = (
    DecisionKind.APPROVE,
    DecisionKind.DECLINE,
    DecisionKind.DUPLICATE,
    DecisionKind.ASK_OWNER,
)


TOLD_STATES = frozenset(
    {
        ClaimState.APPROVED,
        ClaimState.DECLINED,
        ClaimState.DUPLICATE,
        ClaimState.NEEDS_OWNER,
    }
)


@dataclass(frozen=True)
class AsTold:
    """How a claim stands as far as its owner was told."""

    state: ClaimState
    promised_on: date | None


def untold() -> QuerySet[Decision]:
    """The decisions of people that count, and of which no owner knows."""
    told = StateChange.objects.filter(
        subject=Subject.DECISION, subject_id=OuterRef("pk"), to_state=TOLD
    )
    rows = Decision.objects.filter(state=DecisionState.FINAL, by__isnull=False, kind__in=TOLD_KINDS)
    return rows.exclude(Exists(told))


def untold_of(claim: Claim) -> Decision | None:
    """The decision about a claim that its owner was not told; None where there is none."""
    return untold().filter(claim=claim).order_by("-pk").first()


def as_told(filing: Filing) -> Mapping[int, AsTold]:
    """The claims of a filing that stand otherwise than their owner knows, by their ids."""
    rows = untold().filter(claim__filing=filing).order_by("pk")
    return {row.claim_id: AsTold(ClaimState(row.was), promised_before(row)) for row in rows}


def promised_before(decision: Decision) -> date | None:
    """The day that was promised when it was decided."""
    told = decision.grounds.get("promised_on")
    return date.fromisoformat(told) if told else None
