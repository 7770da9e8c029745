"""The rule is asked about a claim, alone or beside all others, and what it says is kept.

Guarantees: of claims that share something and are decided at one moment, each sees those decided
before it: approvals are given one after the other; every ruling stands in a row, with its grounds.
"""

from datetime import datetime
from itertools import pairwise

from django.db import connection

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.deciding.facts import Gathered, gather
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.reads import Stage
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.rules import Ruling, rule_on
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState
from recalldesk.foundation import clock

ONE_AFTER_THE_OTHER = 0x7265_6361_6C6C
"""The advisory lock under which approvals are given."""


def ruling_now(claim: Claim) -> Ruling:
    """What the rule says of a claim as it stands, for whoever looks at it. Nothing is written."""
    gathered = gather(claim)
    return rule_on(gathered.with_neighbours(), gathered.terms)


def ruling_to_apply(gathered: Gathered) -> Ruling:
    """The ruling by which a claim is moved in this transaction.

    A claim that could be approved waits here until whoever decides another has done so: two that
    share a payee or a photo can share nothing that could be locked before they are compared. No
    filing, unit or photo is locked after it, and it is let go when the transaction ends.
    """
    alone = rule_on(gathered.own, gathered.terms)
    if set(alone.reasons) <= {DecisionReason.NOT_COMPARED}:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AFTER_THE_OTHER])
    return rule_on(gathered.with_neighbours(), gathered.terms)


def keep_ruling(gathered: Gathered, ruling: Ruling, kind: DecisionKind) -> Decision:
    """The row of a ruling, which nobody made. Call it before the claim is moved."""
    claim, now = gathered.claim, clock.now()
    decision = Decision.objects.create(
        claim=claim,
        recall_id=claim.recall_id,
        kind=kind,
        state=DecisionState.FINAL,
        at=now,
        takes_effect_at=now,
        was=claim.state,
        waited_since=_waited_since(gathered.stages, claim),
        version_id=gathered.version_id,
        reasons=[reason.value for reason in ruling.reasons],
        grounds={reason.value: grounds for reason, grounds in ruling.grounds.items()},
    )
    record_change(
        subject=Subject.DECISION,
        subject_id=decision.pk,
        to_state=DecisionState.FINAL,
        reason=Reason.BY_RULE,
        actor=Actor.MACHINE,
        recall_id=claim.recall_id,
        with_content=True,
    )
    return decision


def _waited_since(stages: tuple[Stage, ...], claim: Claim) -> datetime:
    """When the owner's turn ended last: when it was sent, or when what was asked for came."""
    since = claim.filing.filed_at or claim.state_since
    for before, after in pairwise(stages):
        if before.state is ClaimState.NEEDS_OWNER:
            since = after.at
    return since
